/*
description: One row per sale, the highest version wins.
write: {mode: merge, key: [sale], version: version, immutable: [day]}
incremental: {new_rows_of: bronze.sales}
partition: [day]
checks:
  - unique: [sale]
  - relationships: {column: shop, to: silver.shops.shop, on_fail: quarantine}
  - expression: {name: amount_is_sane, rule: "amount < 10000"}
*/
SELECT sale, shop, day, amount, buyer, items, version
FROM bronze.sales
