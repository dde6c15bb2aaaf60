/*
write: {mode: replace_groups, group: [sale], version: version}
incremental: {new_rows_of: silver.sales}
checks:
  - unique: [sale, no]
*/
SELECT s.sale, i.no, i.goods, s.version
FROM silver.sales s
LATERAL VIEW explode(s.items) AS i
