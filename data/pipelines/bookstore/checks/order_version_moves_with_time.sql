/*
description: A higher version of an order is not older.
tables: [silver.orders]
severity: warn
*/
SELECT a.order_id, b.version AS version_before, a.version, b.updated_at AS updated_before, a.updated_at
FROM silver.orders.delta a
JOIN silver.orders.before b ON b.order_id = a.order_id AND b.placed_date = a.placed_date
WHERE a.version > b.version AND a.updated_at < b.updated_at
  AND b.placed_date IN (SELECT placed_date FROM silver.orders.delta)
