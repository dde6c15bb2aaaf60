package dev.galley.store;

/** The local object store cannot be started, stopped or used as asked; the message says why and what to do. */
public final class LocalStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LocalStoreException(String message) {
        super(message);
    }

    LocalStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
