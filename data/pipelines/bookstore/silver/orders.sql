/*
description: One row per order, highest version wins, with its lines and taxes inside.
write: {mode: merge, key: [order_id], version: version, immutable: [placed_date]}
incremental: {new_rows_of: bronze.orders}
partition: [months(placed_date)]
checks:
  - unique: [order_id, placed_date]  # in the months of the run
  - unique: [order_number]  # grows with time, so that looking everywhere reads few files: an order that moved shows here
  - not_null: [order_id, customer_id, placed_at]
  - accepted_values: {column: channel, values: [web, store], on_fail: quarantine}
  - accepted_values:
      column: status
      values: [checkout, quoted, rejected, abandoned, payment_failed, paid, partially_shipped, shipped, delivered, returned, refunded, partially_refunded, cancelled, closed]
      on_fail: quarantine
  - relationships: {column: customer_id, to: silver.customers.customer_id, on_fail: quarantine}
  - expression: {name: jurisdiction_from_quoted_on, rule: "jurisdiction_id IS NOT NULL OR status IN ('checkout', 'rejected', 'abandoned')", on_fail: quarantine}
  - expression:
      name: shipped_only_where_served
      rule: "jurisdiction_id IS NULL OR ship_region IN ('US-CA', 'US-NY', 'US-OR', 'US-MT', 'DE-BE', 'JP-13', 'ET-AA')"
      on_fail: quarantine
  - expression: {name: unserved_is_rejected, rule: "status <> 'rejected' OR jurisdiction_id IS NULL", on_fail: quarantine}
  - expression: {name: has_lines, rule: "size(lines) >= 1", on_fail: quarantine}
  - expression: {name: line_numbers_are_gapless, rule: "size(lines) = 0 OR array_sort(transform(lines, l -> l.line_no)) = sequence(1, size(lines))", on_fail: quarantine}
  - expression: {name: quantities_in_range, rule: "forall(lines, l -> l.quantity BETWEEN 1 AND 99)", on_fail: quarantine}
  - expression:
      name: times_in_order
      rule: "(paid_at IS NULL OR placed_at <= paid_at) AND (shipped_at IS NULL OR paid_at <= shipped_at) AND (delivered_at IS NULL OR shipped_at <= delivered_at)"
      on_fail: quarantine
  - expression: {name: shipped_only_if_paid, rule: "shipped_at IS NULL OR paid_at IS NOT NULL", on_fail: quarantine}
  - expression: {name: currency_is_the_jurisdictions, rule: "jurisdiction_currency IS NULL OR currency = jurisdiction_currency", on_fail: quarantine}
  - expression:
      name: subtotal_is_sum_of_lines
      rule: |
        subtotal = aggregate(lines, CAST(0 AS DECIMAL(38,2)), (a, l) -> CAST(a + l.quantity * l.unit_price AS DECIMAL(38,2)))
        AND discount_total = aggregate(lines, CAST(0 AS DECIMAL(38,2)), (a, l) -> CAST(a + l.discount AS DECIMAL(38,2)))
      on_fail: quarantine
  - expression:
      name: grand_total_adds_up
      rule: "grand_total = subtotal - discount_total + shipping_total + IF(prices_include_tax, 0, tax_total)"
      on_fail: quarantine
  - expression:
      name: amounts_fit_currency
      rule: |
        least(subtotal, discount_total, shipping_total, shipping_tax, tax_total, grand_total) >= 0
        AND (currency <> 'JPY' OR (subtotal = floor(subtotal) AND discount_total = floor(discount_total)
          AND shipping_total = floor(shipping_total) AND tax_total = floor(tax_total) AND grand_total = floor(grand_total)))
      on_fail: quarantine
  - expression:
      name: line_totals_add_up
      rule: |
        forall(lines, l -> l.line_subtotal >= 0 AND l.line_subtotal = l.quantity * l.unit_price - l.discount
          AND l.line_total = l.line_subtotal + IF(prices_include_tax, 0, l.tax_amount))
      on_fail: quarantine
  - expression:
      name: tax_of_lines_adds_up
      rule: "tax_total = shipping_tax + aggregate(lines, CAST(0 AS DECIMAL(38,2)), (a, l) -> CAST(a + l.tax_amount AS DECIMAL(38,2)))"
      on_fail: quarantine
  - expression:
      name: tax_is_sum_of_tax_lines
      rule: "tax_total = aggregate(tax_lines, CAST(0 AS DECIMAL(38,2)), (a, t) -> CAST(a + t.amount AS DECIMAL(38,2)))"
      on_fail: quarantine
  - expression: {name: no_tax_in_oregon_and_montana, rule: "ship_region NOT IN ('US-OR', 'US-MT') OR tax_total = 0", on_fail: quarantine}
  - expression:
      name: us_tax_is_rounded_per_line
      rule: "currency <> 'USD' OR jurisdiction_id IS NULL OR forall(lines, l -> l.tax_amount = round(l.line_subtotal * l.tax_rate, 2))"
      severity: warn
  - expression: {name: paid_has_exchange_rate, rule: "paid_at IS NULL OR usd_rate IS NOT NULL"}
*/
SELECT
  o.order_id,
  o.order_number,
  o.cart_id,
  o.customer_id,
  o.salesperson_id,
  o.store_id,
  o.channel,
  o.status,
  o.currency,
  j.currency AS jurisdiction_currency,
  o.jurisdiction_id,
  o.ship_address_id,
  o.ship_city,
  o.ship_region,
  o.ship_country,
  o.ship_postal_code,
  IF(o.channel = 'store', s.city, o.ship_city) AS sales_city,  -- where a sale counts: the store's city, else the ship-to's
  IF(o.channel = 'store', s.country, o.ship_country) AS sales_country,
  o.subtotal,
  o.discount_total,
  o.shipping_total,
  o.shipping_tax,
  o.tax_total,
  o.grand_total,
  o.prices_include_tax,
  fx.rate AS usd_rate,  -- US dollars for one unit of the order's currency, on the UTC date it was placed
  fx.rate_date AS fx_rate_date,
  CAST(o.placed_at AS DATE) AS placed_date,  -- UTC; never changes, so it partitions
  o.placed_at,
  o.paid_at,
  CAST(from_utc_timestamp(o.paid_at, j.timezone) AS DATE) AS paid_day,  -- local date in the jurisdiction
  date_format(from_utc_timestamp(o.paid_at, j.timezone), 'yyyy-MM') AS paid_month,
  o.shipped_at,
  o.delivered_at,
  o.cancelled_at,
  o.shipping_taxes,
  o.lines,
  o.tax_lines,
  o.created_at,
  o.updated_at,
  o.version
FROM bronze.orders o
LEFT JOIN silver.jurisdictions j ON j.jurisdiction_id = o.jurisdiction_id
LEFT JOIN silver.stores s ON s.store_id = o.store_id
LEFT JOIN (
  SELECT base, rate_date, rate,
    least(lead(rate_date) OVER (PARTITION BY base ORDER BY rate_date), date_add(rate_date, 6)) AS until
  FROM silver.fx_rates
  WHERE quote = 'USD'
) fx ON fx.base = o.currency AND CAST(o.placed_at AS DATE) >= fx.rate_date AND CAST(o.placed_at AS DATE) < fx.until
