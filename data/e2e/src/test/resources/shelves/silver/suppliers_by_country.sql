/*
description: How many suppliers each country has.
write: {mode: replace}
checks:
  - unique: [country]
  - accepted_values: {column: country, values: [US, DE, JP, ET]}
*/
SELECT country, count(*) AS suppliers
FROM bronze.suppliers
GROUP BY country
