package dev.galley.catalog;

import java.sql.SQLException;

/** COMMIT was sent and no answer came: the transaction may have happened or not. */
public final class UnknownCommitException extends SQLException {
    private static final long serialVersionUID = 1L;

    UnknownCommitException(SQLException cause) {
        super("The outcome of COMMIT is unknown: " + cause.getMessage(), cause.getSQLState(), cause);
    }
}
