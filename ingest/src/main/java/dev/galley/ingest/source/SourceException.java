package dev.galley.ingest.source;

import dev.galley.definition.failure.GalleyException;
import java.time.Duration;
import java.util.Optional;

/** A source failed, refused, or sent what cannot be right. The message names source, resource and page. */
public final class SourceException extends GalleyException {
    private static final long serialVersionUID = 1L;

    /** What went wrong; whether trying the same again may help is a property of the kind. */
    public enum Kind {
        /** No answer, half an answer in time, or a 5xx. */
        UNAVAILABLE(true),
        /** 429. */
        RATE_LIMITED(true),
        /** The answer ends too early. */
        TRUNCATED(true),
        /** The answer is not JSON as it should be. */
        MALFORMED(true),
        /** A 4xx or a redirect. */
        REFUSED(false),
        /** The answer is a page for people, 200 or not. */
        HTML(false),
        /** JSON, but not where or what the pipeline says. */
        WRONG_SHAPE(false),
        TOO_LARGE(false),
        /** A crawl takes more time than it may. */
        TOO_LONG(false),
        /** A page leads back to one already fetched. */
        CURSOR_LOOP(false),
        PAGE_REPEATED(false),
        /** The source says there is more than it sent. */
        INCOMPLETE(false),
        /** The next page is said to be on another host, or a host to be where no source is. */
        FOREIGN_LINK(false),
        /** What answers there does not prove to be the source. */
        UNTRUSTED(false),
        /** What was to be continued cannot be: it has to begin anew. */
        STALE_CHECKPOINT(false),
        /** The resource cannot be asked for a window of time. */
        NO_WINDOW(false),
        /** Another ingest landed the same batch first. */
        OVERTAKEN(false);

        private final boolean retriable;

        Kind(boolean retriable) {
            this.retriable = retriable;
        }

        public boolean retriable() {
            return retriable;
        }
    }

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    public SourceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.retryAfter = Optional.empty();
    }

    public SourceException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = Optional.empty();
    }

    /** A failure of which the source says when to try again. */
    public SourceException(Kind kind, String message, Optional<Duration> retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    private SourceException(String message, SourceException cause) {
        super(message, cause);
        this.kind = cause.kind;
        this.retryAfter = cause.retryAfter;
    }

    /** Says that a checkpoint is worth nothing any more. */
    public static SourceException stale(String why) {
        return new SourceException(Kind.STALE_CHECKPOINT, why + "; begin anew");
    }

    /** The same failure, its message preceded by what was tried: {@code Cannot fetch shop.orders page 3: ...}. */
    public SourceException during(String attempt) {
        return new SourceException("Cannot " + attempt + ": " + getMessage(), this);
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    public Kind kind() {
        return kind;
    }

    /** How long the source asks to wait, if it does. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
