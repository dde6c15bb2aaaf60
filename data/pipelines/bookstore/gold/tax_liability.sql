/*
description: Tax collected and given back, by month, jurisdiction, component and rate.
write: {mode: replace_partitions}
incremental: {affected: {month: [silver.order_tax_lines.paid_month, silver.payments.refund_month]}}
partition: [month]
checks:
  - unique: [month, jurisdiction_id, component, rate]
  - not_null: [month, jurisdiction_id, component, rate, net_due]
  - accepted_range: {column: tax_collected, min: "0"}
*/
SELECT
  month,  -- of the local date in the jurisdiction
  jurisdiction_id,
  component,
  rate,
  currency,
  CAST(sum(taxable_base) AS DECIMAL(18,2)) AS taxable_base,
  CAST(sum(collected) AS DECIMAL(18,2)) AS tax_collected,
  CAST(sum(refunded) AS DECIMAL(18,2)) AS tax_refunded,
  CAST(sum(collected) - sum(refunded) AS DECIMAL(18,2)) AS net_due,
  CAST(round(sum((collected - refunded) * usd_rate), 2) AS DECIMAL(18,2)) AS amount_usd,
  max(fx_rate_date) AS fx_rate_date
FROM (
  SELECT paid_month AS month, jurisdiction_id, component, rate, currency, taxable_base,
    amount AS collected, CAST(0 AS DECIMAL(18,2)) AS refunded, usd_rate, fx_rate_date
  FROM silver.order_tax_lines
  WHERE paid_month IS NOT NULL
  UNION ALL
  SELECT refund_month, jurisdiction_id, tax.component, tax.rate, currency, CAST(0 AS DECIMAL(18,2)),
    CAST(0 AS DECIMAL(18,2)), tax.amount, usd_rate, fx_rate_date
  FROM silver.payments
  LATERAL VIEW explode(concat(flatten(transform(lines, l -> l.taxes)), shipping_taxes)) AS tax
  WHERE refund_month IS NOT NULL
)
GROUP BY month, jurisdiction_id, component, rate, currency
