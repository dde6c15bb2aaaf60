package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.rest.http.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.http.PageFetcher.Outcome;
import dev.galley.ingest.source.rest.http.PageRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list that is sent only if its ETag is another one. The cursor is {@code sha256:<sum of the records>;etag=<ETag>}, so that a
 * list which is the same under another ETag is known as well.
 */
final class EtagTracker implements CursorTracker {
    private static final Pattern CURSOR =
            Pattern.compile("(sha256:[0-9a-f]{64});etag=((?:W/)?\"[\\x21\\x23-\\x7E]{0,500}\")");
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7E]{0,500}\"");

    private final Optional<String> before;
    private Optional<String> cursorTo;

    EtagTracker(Optional<String> cursor) {
        this.before = cursor;
        this.cursorTo = cursor;
    }

    @Override
    public PageRequest asking(PageRequest first) {
        Matcher known = CURSOR.matcher(before.orElse(""));
        return known.matches() ? first.unless(known.group(2)) : first;
    }

    @Override
    public void learn(Fetched fetched) {
        if (fetched.outcome() != Outcome.PAGE) {
            return;
        }
        String sum = sum(fetched.page().records());
        Matcher known = CURSOR.matcher(before.orElse(""));
        if (known.matches() && known.group(1).equals(sum)) {
            return;
        }
        String tag = fetched.response()
                .header("ETag")
                .filter(text -> TAG.matcher(text).matches())
                .map(text -> ";etag=" + text)
                .orElse("");
        cursorTo = Optional.of(sum + tag);
    }

    private static String sum(List<ReceivedRecord> records) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (ReceivedRecord record : records) {
                digest.update(record.body(), record.from(), record.length());
                digest.update((byte) '\n');
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public Optional<String> cursorTo() {
        return cursorTo;
    }
}
