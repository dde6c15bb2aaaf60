package dev.galley.bookstore.fault;

import dev.galley.bookstore.list.RecordFlaw;

/** A fault of the records that the house holds: some of a day are wrong, or deleted. */
@SuppressWarnings("ImmutableEnumChecker") // options and functions do not change
enum DayFault implements Fault {
    WRONG_TOTALS("region", "day"),
    BAD_ROWS("day"),
    SOFT_DELETES("day", "count", "undelete"),
    HARD_DELETES("day", "count");

    private final FaultOptions options;

    DayFault(String... settings) {
        options = FaultOptions.of(settings);
    }

    /** The fault that makes records wrong in this way. */
    static DayFault of(RecordFlaw flaw) {
        return switch (flaw) {
            case TOTAL_OFF_BY_TEN -> WRONG_TOTALS;
            case SOFT_DELETED -> SOFT_DELETES;
            case GONE -> HARD_DELETES;
            default -> BAD_ROWS;
        };
    }

    @Override
    public FaultOptions options() {
        return options;
    }
}
