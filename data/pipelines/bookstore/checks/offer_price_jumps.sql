/*
description: A price that moved by more than half within a run.
tables: [silver.offers]
severity: warn
*/
SELECT a.offer_id, b.unit_price AS before, a.unit_price AS after
FROM silver.offers.delta a
JOIN silver.offers.before b ON b.offer_id = a.offer_id
WHERE abs(a.unit_price - b.unit_price) > 0.5 * b.unit_price
