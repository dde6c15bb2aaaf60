package dev.galley.spark.bronze;

import dev.galley.definition.table.Contract;
import dev.galley.spark.store.LandedPart;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;

/** Landed parts as Spark's planner sees them: always read whole, a partition each. */
record LandedTable(Contract contract, List<LandedPart> parts) implements Table, SupportsRead, ScanBuilder, Scan, Batch {
    private record Partition(LandedPart part) implements InputPartition {}

    private record Readers(SerializedContract contract, SerializableConfiguration hadoop)
            implements PartitionReaderFactory {
        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            return new PartReader(((Partition) partition).part(), contract.back(), hadoop.value());
        }
    }

    @Override
    public String name() {
        return "landed parts";
    }

    /** Spark 3.5 still asks for it. */
    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
        return readSchema();
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ignored) {
        return this;
    }

    @Override
    public Scan build() {
        return this;
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public StructType readSchema() {
        return LandedSchema.read(contract);
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return parts.stream().map(Partition::new).toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new Readers(
                SerializedContract.of(contract),
                new SerializableConfiguration(
                        SparkSession.active().sessionState().newHadoopConf()));
    }
}
