package dev.galley.bookstore;

/** The user asked for something that cannot be done; the message says what and why. Exit code 2. */
final class BookstoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BookstoreException(String message) {
        super(message);
    }

    BookstoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
