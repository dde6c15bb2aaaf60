package dev.galley.spark.bronze;

import dev.galley.definition.table.Contract;
import dev.galley.spark.bronze.contract.ContractReaders;
import dev.galley.spark.store.LandedPart;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.Option;

/** Landed records as a dataset. */
public final class LandedBatches {
    private LandedBatches() {}

    /**
     * The records of the parts under the contract, one row each with the columns of {@link LandedSchema#read}: the values, or
     * null values with every reason why the record does not fit and its text. One part is one partition, read from start to
     * end in bounded memory.
     *
     * <p>An action on the result fails with a {@link dev.galley.landing.StoreException} among its causes if a part is missing
     * or is not the object that its seal describes (checksum, lines). That is known at a part's end only, so what has been
     * taken from an action that failed must not be used.
     *
     * @throws IllegalArgumentException if the contract names a type that cannot be read
     */
    public static Dataset<Row> read(SparkSession session, Contract contract, List<LandedPart> parts) {
        ContractReaders.of(contract); // refuses here, in place of in every task
        LandedTable table = new LandedTable(contract, List.copyOf(parts));
        return Dataset.ofRows(session, DataSourceV2Relation.create(table, Option.empty(), Option.empty()));
    }
}
