/*
description: An offer is in its vendor's currency.
tables: [silver.offers]
*/
SELECT o.offer_id, o.currency, v.currency AS vendor_currency
FROM silver.offers.delta o
JOIN silver.vendors v ON v.vendor_id = o.vendor_id
WHERE o.currency <> v.currency
