/*
description: New books under a fixed price cost the same at every vendor.
tables: [silver.offers]
severity: warn
*/
SELECT isbn13, currency, min(unit_price) AS lowest, max(unit_price) AS highest
FROM silver.offers
WHERE price_regime = 'fixed' AND condition = 'new'
GROUP BY isbn13, currency
HAVING min(unit_price) <> max(unit_price)
