package dev.galley.bookstore.list;

/** What may be wrong with a served record on purpose. */
public enum RecordFlaw {
    NONE,
    NEGATIVE_SHIPPING,
    FRACTION_OF_YEN,
    TOTAL_OFF_BY_ONE,
    TOTAL_OFF_BY_TEN,
    WRONG_CHECK_DIGIT,
    RESERVED_OVER_STOCK,
    BLANK_TITLE,
    SOFT_DELETED,
    GONE
}
