package dev.galley.definition.settings;

import dev.galley.definition.yaml.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this installation keeps its things: {@code galley.yml}, each value overridden by its {@code GALLEY_*} variable.
 *
 * @param state local state: {@code .galley}
 * @param pipelines the folder of pipelines
 */
public record Settings(Path state, Path pipelines, Catalog catalog, Store store) {
    /**
     * The Iceberg catalog.
     *
     * @param uri {@code jdbc:sqlite:...} or {@code jdbc:postgresql:...}; never holds a password
     * @param warehouse {@code s3://bucket/warehouse}
     */
    public record Catalog(String uri, Optional<String> user, Optional<Secret> password, String warehouse) {}

    /** The object store that holds landing and warehouse; path-style access. */
    public record Store(URI endpoint, String region, String bucket, String accessKey, Secret secretKey) {}
}
