/*
description: One row per vendor, highest version wins.
write: {mode: merge, key: [vendor_id], version: version}
incremental: {new_rows_of: bronze.vendors}
checks:
  - unique: [vendor_id]
  - not_null: [name, country, currency]
  - expression:
      name: currency_fits_country
      rule: "currency = CASE country WHEN 'US' THEN 'USD' WHEN 'DE' THEN 'EUR' WHEN 'JP' THEN 'JPY' WHEN 'ET' THEN 'ETB' END"
*/
SELECT vendor_id, name, country, currency, active, created_at, updated_at, version
FROM bronze.vendors
