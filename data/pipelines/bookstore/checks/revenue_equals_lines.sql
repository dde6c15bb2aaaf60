/*
description: Revenue of a month and currency is that of its lines less its refunds.
tables: [gold.revenue_daily]
*/
SELECT g.month, g.currency, g.amount, s.amount AS expected
FROM (SELECT month, currency, sum(amount_local) AS amount FROM gold.revenue_daily
  WHERE month IN (SELECT month FROM gold.revenue_daily.delta) GROUP BY month, currency) g
JOIN (
  SELECT month, currency, sum(amount) AS amount
  FROM (
    SELECT paid_month AS month, currency, revenue AS amount
    FROM silver.order_lines
    WHERE paid_month IN (SELECT month FROM gold.revenue_daily.delta)
    UNION ALL
    SELECT refund_month, currency, -aggregate(lines, CAST(0 AS DECIMAL(38,2)), (a, l) -> CAST(a + l.goods AS DECIMAL(38,2)))
    FROM silver.payments
    WHERE refund_month IN (SELECT month FROM gold.revenue_daily.delta)
  )
  GROUP BY month, currency
) s ON s.month = g.month AND s.currency = g.currency
WHERE g.amount <> s.amount
