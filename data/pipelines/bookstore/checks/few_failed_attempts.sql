/*
description: No order needs more than three failed attempts to pay.
tables: [silver.payments]
severity: warn
*/
SELECT order_id, count(*) AS failed
FROM silver.payments.delta
WHERE status = 'failed'
GROUP BY order_id
HAVING count(*) > 3
