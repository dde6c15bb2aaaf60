/*
description: Revenue by local day, jurisdiction and currency; refunds are negative on the day they are made.
write: {mode: replace_partitions}
incremental: {affected: {month: [silver.order_lines.paid_month, silver.payments.refund_month]}}
partition: [month]
checks:
  - unique: [day, jurisdiction_id, currency]
  - not_null: [day, jurisdiction_id, currency, amount_local, amount_usd]
  - accepted_range: {column: orders, min: "0"}
*/
SELECT
  day,  -- local date in the jurisdiction
  month,
  jurisdiction_id,
  currency,
  CAST(count(DISTINCT sold_order) AS BIGINT) AS orders,
  CAST(sum(units) AS BIGINT) AS units,
  CAST(sum(revenue) AS DECIMAL(18,2)) AS amount_local,  -- net of tax, without shipping
  CAST(IF(count(DISTINCT sold_order) = 0, NULL, round(sum(revenue) / count(DISTINCT sold_order), 2)) AS DECIMAL(18,2)) AS aov,
  CAST(round(sum(revenue * usd_rate), 2) AS DECIMAL(18,2)) AS amount_usd,
  max(fx_rate_date) AS fx_rate_date
FROM (
  SELECT paid_day AS day, paid_month AS month, jurisdiction_id, currency, order_id AS sold_order,
    quantity AS units, revenue, usd_rate, fx_rate_date
  FROM silver.order_lines
  WHERE paid_month IS NOT NULL
  UNION ALL
  SELECT refund_day, refund_month, jurisdiction_id, currency, NULL, -l.quantity, CAST(-l.goods AS DECIMAL(18,2)), usd_rate, fx_rate_date
  FROM silver.payments
  LATERAL VIEW explode(lines) AS l
  WHERE refund_month IS NOT NULL
)
GROUP BY day, month, jurisdiction_id, currency
