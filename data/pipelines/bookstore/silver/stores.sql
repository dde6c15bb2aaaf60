/*
description: One row per store, highest version wins.
write: {mode: merge, key: [store_id], version: version}
incremental: {new_rows_of: bronze.stores}
checks:
  - unique: [store_id]
  - not_null: [city, country]
  - accepted_values: {column: country, values: [US, DE, JP, ET]}
*/
SELECT store_id, city, region, country, timezone, opened_on, created_at, updated_at, version
FROM bronze.stores
