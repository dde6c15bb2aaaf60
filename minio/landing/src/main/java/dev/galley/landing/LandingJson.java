package dev.galley.landing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes seals and notes as JSON and reads them back: a component of a record is a field in snake case, and one that is empty
 * is left out. Reading is strict: what this version does not know, it does not guess.
 */
final class LandingJson {
    static final int FORMAT_VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .withConfigOverride(
                    Optional.class,
                    type -> type.setInclude(
                            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private LandingJson() {}

    /** Writes a note on one line. */
    static byte[] write(Object note) {
        try {
            return MAPPER.writeValueAsBytes(note);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A note is always JSON", e);
        }
    }

    /** Writes a seal, for people too. */
    static byte[] writeSeal(Manifest manifest) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A seal is always JSON", e);
        }
    }

    /**
     * Reads a seal or a note of format version 1.
     *
     * @throws StoreException of kind CORRUPT if the text is none; the message names {@code where}
     */
    static <T> T read(String where, byte[] json, Class<T> type) {
        JsonNode tree = MAPPER.nullNode();
        try {
            tree = MAPPER.readTree(json);
            JsonNode version = tree.path("format_version");
            if (version.isIntegralNumber() && version.asLong() != FORMAT_VERSION) {
                throw new IllegalArgumentException(
                        "its format_version is " + version.asText() + " and this Galley reads " + FORMAT_VERSION
                                + "; use the version of Galley that wrote it, or a later one");
            }
            T value = MAPPER.treeToValue(tree, type);
            if (value == null) {
                throw new IllegalArgumentException("it has no content");
            }
            return value;
        } catch (JsonMappingException e) {
            throw corrupt(where, reason(tree, e), e);
        } catch (IOException | IllegalArgumentException e) {
            throw corrupt(
                    where, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }

    /** Says what is missing, or what is wrong with which field. */
    private static String reason(JsonNode tree, JsonMappingException e) {
        String pointer = e.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
                .collect(Collectors.joining());
        String field = e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        JsonNode there = tree.at(JsonPointer.compile(pointer));
        return !field.isEmpty() && (there.isMissingNode() || there.isNull())
                ? "it has no " + field
                : field + ": " + e.getOriginalMessage();
    }

    private static StoreException corrupt(String where, String reason, Exception cause) {
        return new StoreException(StoreException.Kind.CORRUPT, "Cannot read " + where + ": " + reason, cause);
    }

    /** Writes a time as seconds, exact to the millisecond. */
    static final class ToSeconds extends StdConverter<Duration, Double> {
        @Override
        public Double convert(Duration time) {
            return time.toMillis() / 1000.0;
        }
    }

    /** Reads a time in seconds. */
    static final class FromSeconds extends StdConverter<Double, Duration> {
        @Override
        public Duration convert(Double seconds) {
            return Duration.ofMillis(Math.round(1000 * seconds));
        }
    }
}
