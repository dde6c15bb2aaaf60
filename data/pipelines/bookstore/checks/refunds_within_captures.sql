/*
description: No more is refunded than was captured.
tables: [silver.payments]
*/
SELECT p.order_id, sum(IF(p.kind = 'refund', p.amount, 0)) AS refunded, sum(IF(p.kind = 'capture', p.amount, 0)) AS captured
FROM silver.payments p
JOIN (SELECT DISTINCT order_id, placed_date FROM silver.payments.delta WHERE kind = 'refund') d
  ON d.order_id = p.order_id AND d.placed_date = p.placed_date
WHERE p.status = 'succeeded' AND p.placed_date IN (SELECT placed_date FROM silver.payments.delta WHERE kind = 'refund')
GROUP BY p.order_id
HAVING sum(IF(p.kind = 'refund', p.amount, 0)) > sum(IF(p.kind = 'capture', p.amount, 0))
