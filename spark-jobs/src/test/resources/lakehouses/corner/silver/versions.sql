/*
description: Every version of every sale.
write: {mode: append}
incremental: {new_rows_of: bronze.sales}
partition: ["bucket(2, sale)"]
*/
SELECT sale, version, amount, buyer.address AS address
FROM bronze.sales
