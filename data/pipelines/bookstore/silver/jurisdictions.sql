/*
description: One row per place with a tax of its own, highest version wins.
write: {mode: merge, key: [jurisdiction_id], version: version}
incremental: {new_rows_of: bronze.jurisdictions}
checks:
  - unique: [jurisdiction_id]
  - not_null: [timezone, currency]
  - accepted_values: {column: region, values: [US-CA, US-NY, US-OR, US-MT, DE-BE, JP-13, ET-AA]}
*/
SELECT
  jurisdiction_id, name, country, region, city, currency, currency_digits, timezone,
  prices_include_tax, shipping_taxed, created_at, updated_at, version
FROM bronze.jurisdictions
