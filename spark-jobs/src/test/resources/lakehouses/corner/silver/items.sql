/*
write: {mode: replace_groups, group: [sale], version: version, immutable: [day]}
incremental: {new_rows_of: silver.sales}
partition: [months(day)]
checks:
  - unique: [sale, no]
*/
SELECT s.sale, s.day, i.no, i.goods, i.price, s.version
FROM silver.sales s
LATERAL VIEW explode(s.items) AS i
