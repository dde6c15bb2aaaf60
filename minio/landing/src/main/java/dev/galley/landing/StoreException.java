package dev.galley.landing;

/** The object store failed or refused. The message names store and key. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether trying the same again may help is a property of the kind. */
    public enum Kind {
        NOT_FOUND(false),
        DENIED(false),
        UNAVAILABLE(true),
        CORRUPT(false);

        private final boolean retriable;

        Kind(boolean retriable) {
            this.retriable = retriable;
        }

        public boolean retriable() {
            return retriable;
        }
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
