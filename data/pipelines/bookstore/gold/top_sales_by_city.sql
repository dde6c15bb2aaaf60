/*
description: The ten books of most revenue in each city and month.
write: {mode: replace_partitions}
incremental: {affected: {month: [silver.order_lines.paid_month, silver.payments.refund_month]}}
partition: [month]
checks:
  - unique: [month, country, city, rank]
  - not_null: [month, country, city, isbn13]
  - accepted_range: {column: rank, min: "1", max: "10"}
*/
WITH sold AS (
  SELECT paid_month AS month, sales_country AS country, sales_city AS city, isbn13, currency,
    quantity AS units, revenue, usd_rate, fx_rate_date
  FROM silver.order_lines
  WHERE paid_month IS NOT NULL
  UNION ALL
  SELECT p.refund_month, o.sales_country, o.sales_city, o.isbn13, o.currency,
    -p.line.quantity, CAST(-p.line.goods AS DECIMAL(18,2)), p.usd_rate, p.fx_rate_date
  FROM (
    SELECT order_id, placed_date, refund_month, usd_rate, fx_rate_date, line
    FROM silver.payments
    LATERAL VIEW explode(lines) AS line
    WHERE refund_month IS NOT NULL
  ) p
  JOIN silver.order_lines o ON o.order_id = p.order_id AND o.line_no = p.line.line_no AND o.placed_date = p.placed_date
),
books AS (
  SELECT month, country, city, isbn13, currency, sum(units) AS units, sum(revenue) AS amount_local,
    sum(revenue * usd_rate) AS usd, max(fx_rate_date) AS fx_rate_date
  FROM sold
  GROUP BY month, country, city, isbn13, currency
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY month, country, city ORDER BY usd DESC, units DESC, isbn13) AS rank
  FROM books
)
SELECT
  month,
  country,
  city,  -- the store's for sales in a store, else the ship-to's
  CAST(rank AS INT) AS rank,
  isbn13,
  CAST(units AS BIGINT) AS units,
  currency,
  CAST(amount_local AS DECIMAL(18,2)) AS amount_local,
  CAST(round(usd, 2) AS DECIMAL(18,2)) AS amount_usd,
  fx_rate_date
FROM ranked
WHERE rank <= 10
