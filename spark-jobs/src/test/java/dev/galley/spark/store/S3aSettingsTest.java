package dev.galley.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.settings.Settings;
import dev.galley.definition.yaml.Secret;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3aSettingsTest {
    private static final Map<String, String> PROPERTIES = S3aSettings.hadoop(new Settings.Store(
            URI.create("https://s3.example.com"), "eu-central-1", "lake", "key", new Secret("hidden")));

    /** Hadoop 3.4 takes "15s", too; the 3.3 of a stock Spark fails on it. */
    @Test
    void whatHadoop33ReadsAsANumberIsOne() {
        assertThat(PROPERTIES)
                .containsEntry("fs.s3a.connection.establish.timeout", "15000")
                .hasEntrySatisfying(
                        "fs.s3a.connection.maximum", value -> assertThat(value).containsOnlyDigits())
                .hasEntrySatisfying(
                        "fs.s3a.attempts.maximum", value -> assertThat(value).containsOnlyDigits())
                .hasEntrySatisfying(
                        "fs.s3a.retry.limit", value -> assertThat(value).containsOnlyDigits())
                .hasEntrySatisfying(
                        "fs.s3a.retry.throttle.limit",
                        value -> assertThat(value).containsOnlyDigits())
                .hasEntrySatisfying(
                        "fs.s3a.paging.maximum", value -> assertThat(value).containsOnlyDigits());
    }

    @Test
    void bothSchemesLeadToTheStoreOverTls() {
        assertThat(PROPERTIES)
                .containsEntry("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem")
                .containsEntry("fs.s3a.endpoint", "https://s3.example.com")
                .containsEntry("fs.s3a.connection.ssl.enabled", "true");
    }

    @Test
    void sparkPassesTheSameOnToHadoop() {
        Map<String, String> spark = S3aSettings.spark(new Settings.Store(
                URI.create("http://127.0.0.1:9000"), "us-east-1", "galley", "key", new Secret("hidden")));

        assertThat(spark)
                .containsEntry("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:9000")
                .containsEntry("spark.hadoop.fs.s3a.connection.ssl.enabled", "false")
                .allSatisfy((name, value) -> assertThat(name).startsWith("spark.hadoop.fs."));
    }
}
