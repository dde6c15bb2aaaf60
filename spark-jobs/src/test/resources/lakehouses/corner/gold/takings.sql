/*
write: {mode: replace_partitions}
incremental: {affected: {day: [silver.sales.day]}}
partition: [day]
checks:
  - unique: [day, town]
*/
SELECT s.day, h.town, CAST(sum(s.amount) AS DECIMAL(18,2)) AS amount
FROM silver.sales s
JOIN silver.shops h ON h.shop = s.shop
GROUP BY s.day, h.town
