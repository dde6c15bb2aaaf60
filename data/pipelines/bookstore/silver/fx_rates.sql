/*
description: Exchange rates by day; days without one carry the last forward.
write: {mode: merge, key: [rate_date, base, quote], version: version}
incremental: {new_rows_of: bronze.fx_rates}
checks:
  - unique: [rate_date, base, quote]
  - expression: {name: rate_is_positive, rule: "rate > 0", on_fail: quarantine}
*/
SELECT rate_date, base, quote, rate, created_at, updated_at, version
FROM bronze.fx_rates
