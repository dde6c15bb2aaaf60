package dev.galley.spark.landed;

import dev.galley.landing.Batch;
import dev.galley.landing.Manifest;
import java.io.Serializable;
import java.util.List;

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
