/*
write: {mode: replace}
*/
SELECT goods, count(*) AS sold
FROM silver.items
GROUP BY goods
