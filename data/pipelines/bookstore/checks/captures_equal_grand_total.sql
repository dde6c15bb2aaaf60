/*
description: What was captured of a paid order is its grand total.
tables: [silver.orders, silver.payments]
*/
SELECT o.order_id, o.grand_total, c.captured
FROM silver.orders.delta o
JOIN (
  SELECT order_id, placed_date, sum(amount) AS captured
  FROM silver.payments
  WHERE kind = 'capture' AND status = 'succeeded' AND placed_date IN (SELECT placed_date FROM silver.orders.delta)
  GROUP BY order_id, placed_date
) c ON c.order_id = o.order_id AND c.placed_date = o.placed_date
WHERE o.paid_at IS NOT NULL AND c.captured <> o.grand_total
