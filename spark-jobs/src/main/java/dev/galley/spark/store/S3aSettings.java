package dev.galley.spark.store;

import dev.galley.definition.settings.Settings;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How Hadoop reaches the object store. The values hold the secret key: set them on a session or a configuration, never on a
 * command line.
 */
public final class S3aSettings {
    private S3aSettings() {}

    /** Hadoop's properties: {@code s3://} and {@code s3a://} both lead to the store, by path-style requests. */
    public static Map<String, String> hadoop(Settings.Store store) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        properties.put("fs.s3a.endpoint", store.endpoint().toString());
        properties.put("fs.s3a.endpoint.region", store.region());
        properties.put("fs.s3a.path.style.access", "true");
        properties.put(
                "fs.s3a.connection.ssl.enabled",
                Boolean.toString("https".equals(store.endpoint().getScheme())));
        properties.put("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        properties.put("fs.s3a.access.key", store.accessKey());
        properties.put("fs.s3a.secret.key", store.secretKey().reveal());
        // Tasks times streams; a pool too small is a deadlock.
        properties.put("fs.s3a.connection.maximum", "256");
        // In milliseconds, without a unit: all that Hadoop 3.3 of a stock Spark understands.
        properties.put("fs.s3a.connection.establish.timeout", "15000");
        properties.put("fs.s3a.attempts.maximum", "4");
        properties.put("fs.s3a.retry.limit", "4");
        // The wait doubles each time: with the 20 times that are usual, a store that stays busy would be asked for
        // hours.
        properties.put("fs.s3a.retry.throttle.limit", "6");
        // The stream that says when an object was replaced under its reader.
        properties.put("fs.s3a.input.stream.type", "classic");
        // What servers other than Amazon's may lack: trailing checksums, listings of more than 1,000 keys.
        properties.put("fs.s3a.checksum.generation", "false");
        properties.put("fs.s3a.checksum.validation", "false");
        properties.put("fs.s3a.paging.maximum", "1000");
        // Iceberg never writes the same path twice, so nothing asks first whether a file or a folder is there.
        properties.put("fs.s3a.performance.flags", "create");
        properties.put("fs.s3a.directory.marker.retention", "keep");
        return Map.copyOf(properties);
    }

    /** The same as properties of a Spark session. */
    public static Map<String, String> spark(Settings.Store store) {
        return hadoop(store).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> "spark.hadoop." + entry.getKey(), Map.Entry::getValue));
    }
}
