/*
description: A closed rule is followed by another on the day it ends.
tables: [silver.tax_rules]
*/
SELECT a.jurisdiction_id, a.tax_class, a.component, a.valid_to
FROM silver.tax_rules a
LEFT ANTI JOIN silver.tax_rules b
  ON b.jurisdiction_id = a.jurisdiction_id AND b.tax_class = a.tax_class AND b.component = a.component
  AND b.valid_from = a.valid_to
WHERE a.valid_to IS NOT NULL
