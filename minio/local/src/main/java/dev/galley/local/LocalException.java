package dev.galley.local;

import dev.galley.definition.failure.GalleyException;

/** Something of this machine cannot be started, stopped or reached; the message says why and what to do. */
public final class LocalException extends GalleyException {
    private static final long serialVersionUID = 1L;

    LocalException(String message) {
        super(message);
    }

    LocalException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isWhole() {
        return true;
    }
}
