/*
write: {mode: append}
incremental: {new_rows_of: bronze.sales}
*/
SELECT sale, CAST(amount AS INT) AS amount
FROM bronze.sales
