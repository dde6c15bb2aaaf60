package dev.galley.landing;

import static dev.galley.landing.LandingJson.required;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.landing.LandingJson.PartText;
import dev.galley.landing.LandingJson.TrafficText;
import dev.galley.landing.LandingJson.WindowText;
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

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        try {
            return LandingJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(Text.of(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the seal of " + manifest.batch() + ": " + e.getMessage(), e);
        }
    }

    /** @param where named in the error; a text that is no seal of format version 1 is CORRUPT */
    static Manifest read(String where, byte[] json) {
        try {
            JsonNode tree = LandingJson.MAPPER.readTree(json);
            JsonNode version = tree.path("format_version");
            if (version.isIntegralNumber() && version.asLong() != FORMAT_VERSION) {
                throw corrupt(
                        where,
                        "its format_version is " + version.asText() + " and this Galley reads " + FORMAT_VERSION
                                + "; use the version of Galley that wrote it, or a later one",
                        null);
            }
            return required("content", LandingJson.MAPPER.treeToValue(tree, Text.class))
                    .manifest();
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
            @Nullable String toolVersion,
            @Nullable TrafficText traffic) {
        static Text of(Manifest manifest) {
            return new Text(
                    manifest.formatVersion(),
                    manifest.pipeline(),
                    manifest.source(),
                    manifest.resource(),
                    manifest.ingestId(),
                    manifest.sequence(),
                    manifest.parts().stream().map(PartText::of).toList(),
                    WindowText.of(manifest.window()),
                    manifest.cursorFrom().orElse(null),
                    manifest.cursorTo().orElse(null),
                    manifest.serverWatermark().orElse(null),
                    manifest.startedAt(),
                    manifest.endedAt(),
                    manifest.toolVersion(),
                    manifest.traffic().map(TrafficText::of).orElse(null));
        }

        Manifest manifest() {
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
                    required("window", window).window(),
                    Optional.ofNullable(cursorFrom),
                    Optional.ofNullable(cursorTo),
                    Optional.ofNullable(serverWatermark),
                    required("started_at", startedAt),
                    required("ended_at", endedAt),
                    required("tool_version", toolVersion),
                    Optional.ofNullable(traffic).map(TrafficText::traffic));
        }
    }
}
