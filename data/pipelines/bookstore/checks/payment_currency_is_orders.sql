/*
description: A payment is in its order's currency.
tables: [silver.payments]
*/
SELECT p.payment_id, p.currency, o.currency AS order_currency
FROM silver.payments.delta p
JOIN silver.orders o ON o.order_id = p.order_id AND o.placed_date = p.placed_date
WHERE p.currency <> o.currency AND o.placed_date IN (SELECT placed_date FROM silver.payments.delta)
