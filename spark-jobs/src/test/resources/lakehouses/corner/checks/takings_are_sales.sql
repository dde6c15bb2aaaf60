/*
tables: [gold.takings]
*/
SELECT g.day, g.amount, s.amount AS expected
FROM (SELECT day, sum(amount) AS amount FROM gold.takings GROUP BY day) g
JOIN (SELECT day, sum(amount) AS amount FROM silver.sales GROUP BY day) s ON s.day = g.day
WHERE g.amount <> s.amount
