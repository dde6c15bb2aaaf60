/*
description: What buyers of a city bought, each city's partition whole.
write: {mode: replace_partitions}
partition: [city]
*/
SELECT s.buyer.address.city AS city, count(*) AS sales
FROM silver.sales s
GROUP BY s.buyer.address.city
