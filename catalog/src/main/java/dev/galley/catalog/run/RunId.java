package dev.galley.catalog.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names a run; sorts by time: {@code 20261121T113000Z-4f3a9c}. */
public record RunId(@JsonValue String text) implements Comparable<RunId> {
    private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{6}");
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a run id: \"" + text + "\"; it looks like 20261121T113000Z-4f3a9c");
        }
    }

    public static RunId next(Clock clock, RandomGenerator random) {
        return new RunId(SECOND.format(clock.instant()) + "-" + String.format("%06x", random.nextInt(1 << 24)));
    }

    /** The Iceberg branch this run writes to. */
    public String branch() {
        return "audit_" + text;
    }

    /** The Iceberg tag that names what this run published. */
    public String tag() {
        return "run_" + text;
    }

    @Override
    public int compareTo(RunId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
