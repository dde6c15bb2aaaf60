-- What most commands make Spark and Iceberg do, in little: bin/share-classes keeps the classes it takes.
CREATE TABLE t (k STRING, version BIGINT, day DATE, at TIMESTAMP, amount DECIMAL(18,2), lines ARRAY<STRUCT<no: INT, price: DECIMAL(18,2)>>)
USING iceberg PARTITIONED BY (months(day)) TBLPROPERTIES ('write.merge.mode' = 'merge-on-read');
INSERT INTO t
SELECT CAST(id AS STRING), 1, date_add(DATE'2026-01-01', CAST(id % 60 AS INT)), TIMESTAMP'2026-01-01 00:00:00Z', CAST(id AS DECIMAL(18,2)),
  array(named_struct('no', 1, 'price', CAST(1.5 AS DECIMAL(18,2))))
FROM range(200);
ALTER TABLE t CREATE BRANCH audit;
MERGE INTO t USING (SELECT * FROM t WHERE k < '2') s ON t.k = s.k AND t.day IN (DATE'2026-01-01', DATE'2026-02-01')
WHEN MATCHED THEN UPDATE SET version = 2 WHEN NOT MATCHED THEN INSERT *;
SELECT count(*), count_if(amount IS NULL), sum(amount), max(size(lines)), collect_set(version) FROM t;
SELECT k, row_number() OVER (PARTITION BY version ORDER BY at DESC), lag(k) OVER (PARTITION BY version ORDER BY at DESC)
FROM t WHERE exists(lines, l -> l.price > 1) LIMIT 3;
SELECT a.day, count(DISTINCT a.k), sum(b.amount)
FROM t a JOIN t b ON a.k = b.k LEFT ANTI JOIN (SELECT k FROM t WHERE version = 3) c ON c.k = a.k
GROUP BY a.day ORDER BY 1 LIMIT 3;
SELECT k, version FROM t EXCEPT ALL SELECT k, version FROM t VERSION AS OF 'audit';
SELECT to_json(struct(*)), from_json('{"a":1}', 'a INT'), xxhash64(k, version), from_utc_timestamp(at, 'Asia/Tokyo') FROM t LIMIT 1;
SELECT inline(lines) FROM t LIMIT 2;
