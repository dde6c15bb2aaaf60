/*
description: Dated tax rates; valid_from belongs to the rule, valid_to does not.
write: {mode: merge, key: [jurisdiction_id, tax_class, component, valid_from], version: version}
incremental: {new_rows_of: bronze.tax_rules}
checks:
  - unique: [jurisdiction_id, tax_class, component, valid_from]
  - accepted_range: {column: rate, min: "0", max: "0.5"}
  - expression: {name: interval_is_forward, rule: "valid_to IS NULL OR valid_from < valid_to"}
  - expression: {name: no_tax_in_oregon_and_montana, rule: "NOT (jurisdiction_id LIKE 'US-OR-%' OR jurisdiction_id LIKE 'US-MT-%') OR rate = 0"}
*/
SELECT
  jurisdiction_id, tax_class, component, valid_from, valid_to, treatment, rate, base, inclusive,
  rounding_level, rounding_mode, component_order, created_at, updated_at, version
FROM bronze.tax_rules
