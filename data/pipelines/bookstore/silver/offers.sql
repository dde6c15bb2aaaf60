/*
description: One row per offer of a vendor, highest version wins.
write: {mode: merge, key: [offer_id], version: version}
incremental: {new_rows_of: bronze.offers}
checks:
  - unique: [offer_id]
  - unique: {columns: [vendor_id, isbn13, condition], name: one_offer_per_vendor_book_condition}
  - relationships: {column: vendor_id, to: silver.vendors.vendor_id, on_fail: quarantine}
  - relationships: {column: isbn13, to: silver.books.isbn13, on_fail: quarantine}
  - expression:
      name: isbn13_is_valid
      rule: |
        isbn13 RLIKE '^(978[0-9]|979[1-9])[0-9]{9}$'
        AND pmod(aggregate(transform(sequence(1, 12), i -> coalesce(try_cast(substring(isbn13, i, 1) AS INT), 0) * IF(i % 2 = 1, 1, 3)), 0, (a, d) -> a + d)
                 + coalesce(try_cast(substring(isbn13, 13, 1) AS INT), 0), 10) = 0
      on_fail: quarantine
  - expression:
      name: price_fits_currency
      rule: "unit_price > 0 AND (currency <> 'JPY' OR unit_price = floor(unit_price))"
      on_fail: quarantine
  - expression:
      name: reserved_within_stock
      rule: "0 <= stock_reserved AND stock_reserved <= stock_on_hand"
      on_fail: quarantine
  - accepted_values: {column: condition, values: [new, used], on_fail: quarantine}
  - accepted_values: {column: price_regime, values: [free, fixed]}
*/
SELECT
  offer_id,
  vendor_id,
  isbn13,
  condition,
  unit_price,
  currency,
  price_regime,  -- fixed: the law binds the price of new books
  stock_on_hand,
  stock_reserved,
  created_at,
  updated_at,
  version
FROM bronze.offers
