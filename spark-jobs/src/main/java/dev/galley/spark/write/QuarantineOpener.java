package dev.galley.spark.write;

import dev.galley.spec.TableName;
import org.apache.spark.sql.types.StructType;

/** Makes sure that a run may write the quarantine of a table; called when rows are first refused or released. */
public interface QuarantineOpener {
    /** For runs that begin with all quarantine tables open. */
    QuarantineOpener ALL_OPEN = (table, columns) -> {};

    /**
     * Makes the {@linkplain TableName#quarantine quarantine} of the table with these columns if it is not there, and lets the
     * run write it.
     */
    void open(TableName table, StructType columns);
}
