package dev.galley.spark.write;

/** Names of the columns that travel beside a table's own while its rows are judged. */
final class Mark {
    /** The run that quarantined a waiting row; null for a row of the delta. */
    static final String ORIGIN = "_g_origin";

    static final String TABLE_KEY = "_g_table_key";
    /** The text in quarantine of a waiting row. */
    static final String RECORD = "_g_record";
    /** Whether a waiting row does not read back as it was written. */
    static final String MISFIT = "_g_misfit";

    /** Whether the key is gone, as this unit says. */
    static final String GONE = "_g_gone";
    /** Whether the key is gone because what it came from is. */
    static final String LEFT = "_g_left";
    /** Whether nothing is in the table of a key that is gone. */
    static final String VANISHES = "_g_vanishes";
    /** Whether the key was gone before, without a row in the table. */
    static final String STOOD_APART = "_g_apart";

    /** Of rows of a group, from which of several parents of one version they come; 1 if there is one. */
    static final String PARENT = Parents.NUMBER;

    static final String REASONS = "_g_reasons";
    static final String HASH = "_g_hash";
    static final String ROWS = "_g_rows";
    static final String OUTCOME = "_g_outcome";
    /** Whether the table has the key. */
    static final String KNOWN = "_g_known";
    /** Of a MERGE's source: rows of the target with this group leave. */
    static final String LEAVES = "_g_leaves";

    private Mark() {}
}
