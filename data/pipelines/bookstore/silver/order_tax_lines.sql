/*
description: The tax of each order by component, as of its highest version.
write: {mode: replace_groups, group: [order_id], version: version, immutable: [placed_date]}
incremental: {new_rows_of: silver.orders}
partition: [months(placed_date)]
checks:
  - unique: [order_id, component, placed_date]
  - not_null: [order_id, component, jurisdiction_id]
  - accepted_range: {column: amount, min: "0"}
*/
SELECT
  o.order_id,
  t.component,
  o.version,
  o.jurisdiction_id,
  o.currency,
  o.placed_date,
  o.placed_at,
  o.paid_day,
  o.paid_month,
  t.rate,
  t.taxable_base,
  t.amount,
  o.usd_rate,
  o.fx_rate_date
FROM silver.orders o
LATERAL VIEW explode(o.tax_lines) AS t
