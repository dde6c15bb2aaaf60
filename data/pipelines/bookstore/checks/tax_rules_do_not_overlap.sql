/*
description: Of each component of a jurisdiction, one rule is valid on a day.
tables: [silver.tax_rules]
*/
SELECT a.jurisdiction_id, a.tax_class, a.component, a.valid_from, b.valid_from AS overlaps
FROM silver.tax_rules a
JOIN silver.tax_rules b
  ON b.jurisdiction_id = a.jurisdiction_id AND b.tax_class = a.tax_class AND b.component = a.component
  AND b.valid_from > a.valid_from AND (a.valid_to IS NULL OR b.valid_from < a.valid_to)
