/*
description: A price over five times, or under a fifth of, the book's median in its currency.
tables: [silver.offers]
severity: warn
*/
SELECT o.offer_id, o.unit_price, m.median
FROM silver.offers o
JOIN (SELECT isbn13, currency, percentile_approx(unit_price, 0.5) AS median FROM silver.offers GROUP BY isbn13, currency) m
  ON m.isbn13 = o.isbn13 AND m.currency = o.currency
WHERE o.unit_price > 5 * m.median OR o.unit_price < 0.2 * m.median
