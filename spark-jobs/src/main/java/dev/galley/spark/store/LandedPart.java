package dev.galley.spark.store;

import dev.galley.landing.Batch;
import dev.galley.landing.Manifest;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One object of envelopes, as its batch's seal describes it.
 *
 * @param uri where it lies; its ending names the compression: {@code .zst}, {@code .gz}, else none
 * @param batch the sequence of its batch, {@code _batch} of its rows
 * @param name its name inside the batch's folder, {@code _part} of its rows
 * @param records its lines
 * @param bytes its size as stored
 * @param sha256 of the object as stored, in lower-case hex
 */
public record LandedPart(String uri, long batch, String name, long records, long bytes, String sha256)
        implements Serializable {
    private static final Pattern PLACE = Pattern.compile(".*/landing/([^/]+)/([^/]+)/([^/]+)/[^/]+/[^/]+");

    /** The name of its batch, as a person gives it who rejects the batch. */
    String batchName() {
        Matcher place = PLACE.matcher(uri);
        return (place.matches() ? place.group(2) + "." + place.group(3) : "RESOURCE") + "/" + batch;
    }

    /** The parts of a batch in the order of reading. {@code location} is the bucket's: {@code s3://bucket}. */
    public static List<LandedPart> of(String location, Batch batch, Manifest manifest) {
        return manifest.parts().stream()
                .map(part -> new LandedPart(
                        location + "/" + batch.key(part),
                        manifest.sequence(),
                        part.name(),
                        part.records(),
                        part.bytes(),
                        part.sha256()))
                .toList();
    }
}
