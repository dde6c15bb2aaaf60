/*
description: The lines of each order as of its highest version.
write: {mode: replace_groups, group: [order_id], version: version, immutable: [placed_date]}
incremental: {new_rows_of: silver.orders}
partition: [months(placed_date)]
checks:
  - unique: [order_id, line_no, placed_date]
  - not_null: [order_id, line_no, isbn13]
  - accepted_range: {column: quantity, min: "1", max: "99"}
  - relationships: {column: isbn13, to: silver.books.isbn13, severity: warn}
*/
SELECT
  o.order_id,
  l.line_no,
  o.version,
  o.status,
  o.channel,
  o.store_id,
  o.salesperson_id,
  o.customer_id,
  o.jurisdiction_id,
  o.sales_city,
  o.sales_country,
  o.placed_date,
  o.placed_at,
  o.paid_at,
  o.paid_day,
  o.paid_month,
  l.offer_id,
  l.isbn13,
  l.vendor_id,
  l.quantity,
  o.currency,
  l.unit_price,
  l.discount,
  l.line_subtotal,
  l.tax_rate,
  l.tax_amount,
  l.line_total,
  CAST(l.line_subtotal - IF(o.prices_include_tax, l.tax_amount, 0) AS DECIMAL(18,2)) AS revenue,  -- net of tax
  o.usd_rate,
  o.fx_rate_date
FROM silver.orders o
LATERAL VIEW explode(o.lines) AS l
