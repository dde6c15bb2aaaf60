package dev.galley.spark.write;

import dev.galley.definition.table.TableName;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * Makes sure that a run may write what stands beside a table, its {@linkplain TableName#quarantine quarantine} or the
 * {@linkplain TableName#deleted versions of keys that are gone}; called when there is first something to write.
 */
public interface TableOpener {
    /** For runs that begin with all of these open. */
    TableOpener ALL_OPEN = (table, columns, partition) -> {};

    /** Makes the table with these columns and partition terms if it is not there, and lets the run write it. */
    void open(TableName table, StructType columns, List<String> partition);
}
