/*
description: Looks at the change of one table, and runs when another is written, too.
tables: [silver.sales, silver.shops]
*/
SELECT s.sale, d.town
FROM silver.sales s
JOIN silver.shops.delta d ON d.shop = s.shop
WHERE d.town = 'nowhere'
