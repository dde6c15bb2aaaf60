package dev.galley.bookstore.world;

/** The user asked for something that cannot be done; the message says what and why. Exit code 2. */
public final class BookstoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BookstoreException(String message) {
        super(message);
    }

    public BookstoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
