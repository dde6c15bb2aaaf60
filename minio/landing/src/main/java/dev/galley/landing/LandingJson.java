package dev.galley.landing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What seals and notes have in common as JSON; absent fields are null. Reading is strict. */
final class LandingJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
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

    private LandingJson() {}

    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("it has no " + field);
        }
        return value;
    }

    record PartText(
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

    record WindowText(@Nullable String from, @Nullable String to) {
        static WindowText of(Manifest.Window window) {
            return new WindowText(window.from().orElse(null), window.to().orElse(null));
        }

        Manifest.Window window() {
            return new Manifest.Window(Optional.ofNullable(from), Optional.ofNullable(to));
        }
    }

    record TrafficText(
            @Nullable Long requests,
            @Nullable Long retries,
            @Nullable Long bytes,
            @Nullable Double throttledSeconds) {
        static TrafficText of(Manifest.Traffic traffic) {
            return new TrafficText(
                    traffic.requests(),
                    traffic.retries(),
                    traffic.bytes(),
                    traffic.throttled().toMillis() / 1000.0);
        }

        Manifest.Traffic traffic() {
            return new Manifest.Traffic(
                    required("requests of its traffic", requests),
                    required("retries of its traffic", retries),
                    required("bytes of its traffic", bytes),
                    Duration.ofMillis(
                            Math.round(1000 * required("throttled_seconds of its traffic", throttledSeconds))));
        }
    }
}
