package dev.galley.bookstore;

/** What may be wrong with a served record on purpose, and the fault that does it. */
enum Flaw {
    NONE(FaultName.BAD_ROWS),
    NEGATIVE_SHIPPING(FaultName.BAD_ROWS),
    FRACTION_OF_YEN(FaultName.BAD_ROWS),
    TOTAL_OFF_BY_ONE(FaultName.BAD_ROWS),
    TOTAL_OFF_BY_TEN(FaultName.WRONG_TOTALS),
    WRONG_CHECK_DIGIT(FaultName.BAD_ROWS),
    RESERVED_OVER_STOCK(FaultName.BAD_ROWS),
    BLANK_TITLE(FaultName.BAD_ROWS),
    SOFT_DELETED(FaultName.SOFT_DELETES),
    GONE(FaultName.HARD_DELETES);

    private final FaultName fault;

    Flaw(FaultName fault) {
        this.fault = fault;
    }

    FaultName fault() {
        return fault;
    }
}
