/*
write: {mode: merge, key: [shop], version: version}
incremental: {new_rows_of: bronze.shops}
checks:
  - unique: [shop]
*/
SELECT shop, town, version
FROM bronze.shops
