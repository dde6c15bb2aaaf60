package dev.galley.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.spark.SharedSpark;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSessionExtensions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyStatementsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT | INSERT INTO gold.t VALUES (1)",
                "INSERT | insert overwrite gold.t select 1",
                "INSERT | WITH x AS (SELECT 1) INSERT INTO gold.t SELECT * FROM x",
                "INSERT | FROM gold.t INSERT INTO gold.u SELECT * INSERT INTO gold.v SELECT *",
                "INSERT | INSERT OVERWRITE DIRECTORY 's3a://lake/warehouse' USING parquet SELECT 1",
                "INSERT | INSERT OVERWRITE LOCAL DIRECTORY '/tmp/x' USING parquet SELECT 1",
                "DELETE | /* all */ DELETE FROM gold.t -- of it",
                "UPDATE | UPDATE gold.t SET x = 1",
                "MERGE | MERGE INTO gold.t USING gold.u ON t.x = u.x WHEN MATCHED THEN DELETE",
                "DROP | DROP TABLE gold.t PURGE",
                "DROP | DROP NAMESPACE gold CASCADE",
                "DROP | DROP VIEW gold.v",
                "CALL | CALL galley.system.rollback_to_snapshot('gold.t', 1)",
                "CREATE | CREATE TABLE gold.t (x INT)",
                "CREATE | CREATE OR REPLACE TABLE gold.t USING iceberg AS SELECT 1 AS x",
                "CREATE | CREATE TABLE spark_catalog.default.t USING parquet LOCATION 's3a://lake/x' AS SELECT 1 AS x",
                "CREATE | CREATE VIEW gold.v AS SELECT 1 AS x",
                "CREATE | CREATE NAMESPACE gold",
                "ALTER | ALTER TABLE gold.t RENAME TO gold.u",
                "ALTER | ALTER TABLE gold.t ADD COLUMN y INT",
                "ALTER | ALTER TABLE gold.t CREATE BRANCH b",
                "ALTER | ALTER TABLE gold.t ADD PARTITION FIELD x",
                "ALTER | ALTER TABLE gold.t SET TBLPROPERTIES ('a' = 'b')",
                "ALTER | ALTER NAMESPACE gold SET PROPERTIES ('a' = 'b')",
                "TRUNCATE | TRUNCATE TABLE gold.t",
                "REPLACE | REPLACE TABLE gold.t USING iceberg AS SELECT 1 AS x",
                "ANALYZE | ANALYZE TABLE gold.t COMPUTE STATISTICS",
                "LOAD | LOAD DATA INPATH '/tmp/x' INTO TABLE gold.t",
                "COMMENT | COMMENT ON TABLE gold.t IS 'x'",
            })
    void statementsThatWriteAreRefusedByName(String verb, String statement) {
        assertThatThrownBy(() -> parser().parsePlan(statement))
                .as("Spark's shell tells this type in a line")
                .isInstanceOf(AnalysisException.class)
                .hasMessageStartingWith("Cannot " + verb + ": this shell only reads")
                .hasMessageEndingWith("start it with --write");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM gold.t VERSION AS OF 'run_x'",
                "WITH x AS (SELECT 1 AS a) SELECT * FROM x UNION ALL VALUES (2)",
                "FROM gold.t SELECT *",
                "SHOW TABLES IN gold",
                "SHOW NAMESPACES",
                "SHOW CREATE TABLE gold.t",
                "DESCRIBE TABLE EXTENDED gold.t",
                "DESCRIBE SELECT 1",
                "EXPLAIN INSERT INTO gold.t VALUES (1)",
                "USE gold",
                "SET spark.sql.ansi.enabled = false",
                "SET x = 1",
                "REFRESH TABLE gold.t",
                "CACHE TABLE c AS SELECT 1 AS x",
                "CREATE TEMPORARY VIEW v AS SELECT 1 AS x",
                "TABLE gold.t",
            })
    void statementsThatReadAreNot(String statement) throws Exception {
        assertThat(parser().parsePlan(statement)).isNotNull();
    }

    private static ReadOnlyStatements parser() {
        assertThat(new ReadOnlyExtension().apply(new SparkSessionExtensions())).isNotNull();
        return new ReadOnlyStatements(SharedSpark.session().sessionState().sqlParser());
    }
}
