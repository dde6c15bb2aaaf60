package dev.galley.spark.bronze;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** What Spark instantiates by name; {@link LandedBatches} is the way in. */
public final class LandedSource implements TableProvider {
    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return LandedSchema.read(LandedOptions.of(options).contract());
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new LandedTable(LandedOptions.of(new CaseInsensitiveStringMap(properties)));
    }
}
