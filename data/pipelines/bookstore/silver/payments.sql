/*
description: One row per authorisation, capture or refund, highest version wins.
write: {mode: merge, key: [payment_id], version: version, immutable: [placed_date]}
incremental: {new_rows_of: bronze.payments}
partition: [months(placed_date)]
checks:
  - unique: [payment_id, placed_date]
  - unique: [placed_date, kind, idempotency_key]
  - accepted_values: {column: kind, values: [authorize, capture, refund], on_fail: quarantine}
  - accepted_values: {column: status, values: [pending, succeeded, failed], on_fail: quarantine}
  - relationships: {columns: [order_id, placed_date], to: silver.orders, to_columns: [order_id, placed_date], on_fail: quarantine}
  - expression: {name: amount_fits_currency, rule: "amount >= 0 AND (currency <> 'JPY' OR amount = floor(amount))", on_fail: quarantine}
  - expression:
      name: refund_adds_up
      rule: |
        kind <> 'refund' OR amount = shipping
          + aggregate(shipping_taxes, CAST(0 AS DECIMAL(38,2)), (a, t) -> CAST(a + t.amount AS DECIMAL(38,2)))
          + aggregate(lines, CAST(0 AS DECIMAL(38,2)), (a, l) -> CAST(a + l.goods
              + aggregate(l.taxes, CAST(0 AS DECIMAL(38,2)), (b, t) -> CAST(b + t.amount AS DECIMAL(38,2))) AS DECIMAL(38,2)))
      on_fail: quarantine
  - expression: {name: processed_unless_pending, rule: "(processed_at IS NULL) = (status = 'pending')", on_fail: quarantine}
*/
SELECT
  p.payment_id,
  p.order_id,
  CAST(p.order_placed_at AS DATE) AS placed_date,  -- the order's, UTC; never changes, so it partitions
  p.jurisdiction_id,
  p.kind,
  p.status,
  p.amount,
  p.currency,
  p.method,
  p.idempotency_key,
  p.failure_code,
  p.processed_at,
  IF(p.kind = 'refund' AND p.status = 'succeeded', CAST(from_utc_timestamp(p.processed_at, j.timezone) AS DATE), NULL) AS refund_day,
  IF(p.kind = 'refund' AND p.status = 'succeeded', date_format(from_utc_timestamp(p.processed_at, j.timezone), 'yyyy-MM'), NULL) AS refund_month,
  fx.rate AS usd_rate,  -- the rate of the order's sale, so that a full refund takes back exactly its dollars
  fx.rate_date AS fx_rate_date,
  p.lines,
  p.shipping,
  p.shipping_taxes,
  p.created_at,
  p.updated_at,
  p.version
FROM bronze.payments p
LEFT JOIN silver.jurisdictions j ON j.jurisdiction_id = p.jurisdiction_id
LEFT JOIN (
  SELECT base, rate_date, rate,
    least(lead(rate_date) OVER (PARTITION BY base ORDER BY rate_date), date_add(rate_date, 6)) AS until
  FROM silver.fx_rates
  WHERE quote = 'USD'
) fx ON fx.base = p.currency AND CAST(p.order_placed_at AS DATE) >= fx.rate_date AND CAST(p.order_placed_at AS DATE) < fx.until
