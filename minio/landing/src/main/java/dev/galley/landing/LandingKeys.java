package dev.galley.landing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which key means what: {@code landing/<pipeline>/<source>/<resource>/<batch>/<object>}. */
final class LandingKeys {
    static final String SEAL = "_batch.json";
    static final String REJECTED = "_rejected.json";
    static final String EXPIRED = "_expired.json";
    static final String PROGRESS = "_progress.json";

    private static final String ROOT = "landing/";
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");
    private static final Pattern MARK =
            Pattern.compile("landing/([^/]+)/([^/]+)/([^/]+)/([0-9]{8})/(_batch|_rejected|_expired)\\.json");

    private LandingKeys() {}

    /** Names come from pipeline files and from the store; none may reach out of its folder. */
    static void checkSegment(String what, String name) {
        if (!SEGMENT.matcher(name).matches()) {
            throw new IllegalArgumentException("Cannot use \"" + name + "\" as " + what
                    + ": only letters, digits, _, - and . may stand in it, and it begins with a letter, a digit or _");
        }
    }

    static BatchId batch(String pipeline, String source, String resource, long sequence) {
        return new BatchId(new ResourceId(pipeline, source, resource), sequence);
    }

    static String prefix(String pipeline) {
        return ROOT + pipeline + "/";
    }

    static String prefix(ResourceId resource) {
        return prefix(resource.pipeline()) + resource.source() + "/" + resource.resource() + "/";
    }

    static String folder(BatchId batch) {
        return prefix(batch.resource()) + batch.name();
    }

    /** Of a seal, a note or a mark. */
    static String key(BatchId batch, String object) {
        return folder(batch) + "/" + object;
    }

    /** The batch that {@code key} marks as sealed, rejected or expired; empty for parts and for whatever else lies about. */
    static Optional<Mark> mark(String key) {
        Matcher matcher = MARK.matcher(key);
        if (!matcher.matches() || matcher.group(4).equals("00000000")) {
            return Optional.empty();
        }
        ResourceId resource = new ResourceId(matcher.group(1), matcher.group(2), matcher.group(3));
        return Optional.of(
                new Mark(new BatchId(resource, Long.parseLong(matcher.group(4))), matcher.group(5) + ".json"));
    }

    /** {@code object}: {@link #SEAL}, {@link #REJECTED} or {@link #EXPIRED}. */
    record Mark(BatchId batch, String object) {}
}
