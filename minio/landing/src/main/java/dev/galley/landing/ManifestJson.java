package dev.galley.landing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a seal. Reading is strict: what this version does not know, it does not guess. */
final class ManifestJson {
    static final int FORMAT_VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(Text.of(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the seal of " + manifest.batch() + ": " + e.getMessage(), e);
        }
    }

    /** @param where named in the error; a text that is no seal of format version 1 is CORRUPT */
    static Manifest read(String where, byte[] json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            JsonNode version = tree.path("format_version");
            if (version.isIntegralNumber() && version.asLong() != FORMAT_VERSION) {
                throw corrupt(
                        where,
                        "its format_version is " + version.asText() + " and this Galley reads " + FORMAT_VERSION
                                + "; use the version of Galley that wrote it, or a later one",
                        null);
            }
            return required("content", MAPPER.treeToValue(tree, Text.class)).manifest();
        } catch (JsonMappingException e) {
            String path = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining("."));
            throw corrupt(where, path + ": " + e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw corrupt(
                    where, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }

    private static StoreException corrupt(String where, String reason, @Nullable Throwable cause) {
        String message = "Cannot read " + where + ": " + reason;
        return cause == null
                ? new StoreException(StoreException.Kind.CORRUPT, message)
                : new StoreException(StoreException.Kind.CORRUPT, message, cause);
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("it has no " + field);
        }
        return value;
    }

    /** The seal as it stands in JSON: absent fields are null. */
    private record Text(
            @Nullable Integer formatVersion,
            @Nullable String pipeline,
            @Nullable String source,
            @Nullable String resource,
            @Nullable String ingestId,
            @Nullable Long sequence,
            @Nullable List<PartText> parts,
            @Nullable WindowText window,
            @Nullable String cursorFrom,
            @Nullable String cursorTo,
            @Nullable Instant serverWatermark,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String toolVersion) {
        static Text of(Manifest manifest) {
            return new Text(
                    manifest.formatVersion(),
                    manifest.pipeline(),
                    manifest.source(),
                    manifest.resource(),
                    manifest.ingestId(),
                    manifest.sequence(),
                    manifest.parts().stream().map(PartText::of).toList(),
                    new WindowText(
                            manifest.window().from().orElse(null),
                            manifest.window().to().orElse(null)),
                    manifest.cursorFrom().orElse(null),
                    manifest.cursorTo().orElse(null),
                    manifest.serverWatermark().orElse(null),
                    manifest.startedAt(),
                    manifest.endedAt(),
                    manifest.toolVersion());
        }

        Manifest manifest() {
            WindowText asked = required("window", window);
            return new Manifest(
                    required("format_version", formatVersion),
                    required("pipeline", pipeline),
                    required("source", source),
                    required("resource", resource),
                    required("ingest_id", ingestId),
                    required("sequence", sequence),
                    required("parts", parts).stream()
                            .map(part -> required("content in a part", part).part())
                            .toList(),
                    new Manifest.Window(Optional.ofNullable(asked.from), Optional.ofNullable(asked.to)),
                    Optional.ofNullable(cursorFrom),
                    Optional.ofNullable(cursorTo),
                    Optional.ofNullable(serverWatermark),
                    required("started_at", startedAt),
                    required("ended_at", endedAt),
                    required("tool_version", toolVersion));
        }
    }

    private record PartText(
            @Nullable String name,
            @Nullable Long records,
            @Nullable Long unreadable,
            @Nullable Long bytes,
            @Nullable Long rawBytes,
            @Nullable String sha256) {
        static PartText of(Manifest.Part part) {
            return new PartText(
                    part.name(), part.records(), part.unreadable(), part.bytes(), part.rawBytes(), part.sha256());
        }

        Manifest.Part part() {
            return new Manifest.Part(
                    required("name of a part", name),
                    required("records of a part", records),
                    required("unreadable of a part", unreadable),
                    required("bytes of a part", bytes),
                    required("raw_bytes of a part", rawBytes),
                    required("sha256 of a part", sha256));
        }
    }

    private record WindowText(
            @Nullable String from, @Nullable String to) {}
}
