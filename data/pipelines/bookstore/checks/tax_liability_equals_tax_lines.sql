/*
description: Tax collected in a month ties to the tax lines of its orders.
tables: [gold.tax_liability]
*/
SELECT g.month, g.jurisdiction_id, g.collected, s.collected AS expected
FROM (SELECT month, jurisdiction_id, sum(tax_collected) AS collected FROM gold.tax_liability
  WHERE month IN (SELECT month FROM gold.tax_liability.delta) GROUP BY month, jurisdiction_id) g
JOIN (
  SELECT paid_month AS month, jurisdiction_id, sum(amount) AS collected
  FROM silver.order_tax_lines
  WHERE paid_month IN (SELECT month FROM gold.tax_liability.delta)
  GROUP BY paid_month, jurisdiction_id
) s ON s.month = g.month AND s.jurisdiction_id = g.jurisdiction_id
WHERE g.collected <> s.collected
