/*
description: A component's rate is that of the rule valid on the local date the order was placed.
tables: [silver.order_tax_lines]
*/
SELECT t.order_id, t.component, t.rate
FROM silver.order_tax_lines.delta t
JOIN silver.jurisdictions j ON j.jurisdiction_id = t.jurisdiction_id
LEFT JOIN silver.tax_rules r
  ON r.jurisdiction_id = t.jurisdiction_id AND r.tax_class = 'printed_book' AND r.component = t.component AND r.rate = t.rate
  AND CAST(from_utc_timestamp(t.placed_at, j.timezone) AS DATE) >= r.valid_from
  AND (r.valid_to IS NULL OR CAST(from_utc_timestamp(t.placed_at, j.timezone) AS DATE) < r.valid_to)
WHERE r.rate IS NULL
