/*
description: A line names the book and the vendor of its offer.
tables: [silver.order_lines]
*/
SELECT l.order_id, l.line_no, l.offer_id
FROM silver.order_lines.delta l
JOIN silver.offers o ON o.offer_id = l.offer_id
WHERE o.isbn13 <> l.isbn13 OR o.vendor_id <> l.vendor_id
