package dev.galley.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.spark.SharedSpark;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class SparkSettingsTest {
    @Test
    void areAllThatSparkIsTold() {
        assertThat(SparkSettings.of(Map.of("uri", "jdbc:sqlite:x", "warehouse", "s3://lake/warehouse")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "spark.sql.catalog.galley", "dev.galley.spark.view.RunCatalog",
                        "spark.sql.catalog.galley.uri", "jdbc:sqlite:x",
                        "spark.sql.catalog.galley.warehouse", "s3://lake/warehouse",
                        "spark.sql.catalog.galley.cache-enabled", "false",
                        "spark.sql.defaultCatalog", "galley",
                        "spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
                        "spark.sql.session.timeZone", "UTC",
                        "spark.sql.variable.substitute", "false",
                        "spark.sql.ansi.enabled", "true"));
    }

    @Test
    void aCacheIsNotNegotiable() {
        assertThat(SparkSettings.of(Map.of("cache-enabled", "true")))
                .containsEntry("spark.sql.catalog.galley.cache-enabled", "false");
    }

    @Test
    void timestampsAreUtc() {
        assertThat(SharedSpark.sql("SELECT CAST(TIMESTAMP'2026-11-21T12:00:00+02:00' AS STRING)"))
                .containsExactly(RowFactory.create("2026-11-21 10:00:00"));
    }
}
