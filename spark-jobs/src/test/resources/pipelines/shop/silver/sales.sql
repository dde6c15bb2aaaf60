/*
write: {mode: merge, key: [sale], version: version, immutable: [day]}
incremental: {new_rows_of: bronze.sales}
partition: [day]
checks:
  - unique: [sale]
  - relationships: {column: shop, to: silver.shops.shop, on_fail: quarantine}
  - expression: {name: amount_is_positive, rule: "amount > 0", on_fail: quarantine}
  - expression: {name: amount_is_usual, rule: "amount < 1000", severity: warn}
  - expression: {name: amount_is_sane, rule: "amount < 10000"}
*/
SELECT sale, shop, day, amount, items, version
FROM bronze.sales
