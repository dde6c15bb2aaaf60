/*
description: One row per book, highest version wins.
write: {mode: merge, key: [isbn13], version: version}
incremental: {new_rows_of: bronze.books}
checks:
  - unique: [isbn13]
  - not_null: [isbn13, updated_at]
  - expression:
      name: isbn13_is_valid
      rule: |
        isbn13 RLIKE '^(978[0-9]|979[1-9])[0-9]{9}$'
        AND pmod(aggregate(transform(sequence(1, 12), i -> coalesce(try_cast(substring(isbn13, i, 1) AS INT), 0) * IF(i % 2 = 1, 1, 3)), 0, (a, d) -> a + d)
                 + coalesce(try_cast(substring(isbn13, 13, 1) AS INT), 0), 10) = 0
      on_fail: quarantine
  - expression: {name: title_is_not_blank, rule: "title IS NOT NULL AND trim(title) <> ''", on_fail: quarantine}
  - expression: {name: has_an_author, rule: "size(authors) >= 1", on_fail: quarantine}
  - expression:
      name: published_within_a_year
      rule: "coalesce(try_cast(substring(published_on, 1, 4) AS INT), 0) <= year(updated_at) + 1"
      severity: warn
  - matches: {column: language, pattern: "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", severity: warn}
  - accepted_values: {column: tax_class, values: [printed_book], on_fail: quarantine}
*/
SELECT
  isbn13,
  title,
  subtitle,
  language,
  publisher,
  published_on,  -- as known: a year, a month or a day
  pages,
  format,
  tax_class,
  list_prices,
  authors,
  created_at,
  updated_at,
  version
FROM bronze.books
