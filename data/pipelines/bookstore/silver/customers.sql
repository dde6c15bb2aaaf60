/*
description: One row per customer, highest version wins; e-mail only as a hash.
write: {mode: merge, key: [customer_id], version: version}
incremental: {new_rows_of: bronze.customers}
checks:
  - unique: [customer_id]
  - unique: [email_hash]
  - matches: {column: email_hash, pattern: "[0-9a-f]{32}", on_fail: quarantine}
  - expression: {name: served_country, rule: "country IN ('US', 'DE', 'JP', 'ET')", severity: warn}
  - expression:
      name: postal_codes_fit_country
      rule: |
        forall(addresses, a -> a.postal_code IS NULL OR CASE a.country
          WHEN 'US' THEN a.postal_code RLIKE '^[0-9]{5}(-[0-9]{4})?$'
          WHEN 'DE' THEN a.postal_code RLIKE '^[0-9]{5}$'
          WHEN 'JP' THEN a.postal_code RLIKE '^[0-9]{3}-[0-9]{4}$'
          WHEN 'ET' THEN a.postal_code RLIKE '^[0-9]{4}$'
          ELSE true END)
      severity: warn
*/
SELECT
  customer_id,
  email_hash,
  given_name,
  family_name,  -- null where persons carry their father's name instead
  country,
  region,
  locale,
  marketing_opt_in,
  addresses,
  created_at,
  updated_at,
  version
FROM bronze.customers
