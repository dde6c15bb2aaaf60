package dev.galley.spark.bronze.contract;

import java.util.Locale;

/** The ways in which a record does not fit its contract: the {@code check} of a reason, in lower case. */
enum Misfit {
    /** A required value is missing or null. */
    REQUIRED,
    /** A value is of another JSON type, or its text is not what the type demands. */
    TYPE,
    /** More decimal places than the type keeps. */
    SCALE,
    /** More digits than the type keeps. */
    PRECISION,
    /** Beyond the least or the greatest value of the type. */
    RANGE,
    DUPLICATE_KEY,
    /** A field is named like one of the contract but for upper and lower case. */
    NAME_CASE,
    /** The contract refuses fields it does not name. */
    UNKNOWN_FIELD,
    /** Not JSON. */
    MALFORMED,
    /** Not UTF-8, or half of a surrogate pair. */
    ENCODING,
    /** Nested deeper or longer than is read. */
    LIMIT,
    /** The ingest could not cut the bytes into records. */
    UNREADABLE,
    /** The line is not what the ingest writes around a record. */
    ENVELOPE;

    private final String check = name().toLowerCase(Locale.ROOT);

    String check() {
        return check;
    }
}
