package dev.galley.spark.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.settings.SettingsReader;
import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.spark.bronze.LandedBatches;
import dev.galley.spark.bronze.LandedSchema;
import dev.galley.spark.definition.PartitionTerms;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.session.Sessions;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.store.LandedPart;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.expressions.Window;

/**
 * What proofing is measured against: a first load of the same models from the same landing, written straight to {@code main}.
 * It reads, computes, keeps the highest version of a key and writes, as many tables at once as a run; it has no branch, no
 * check, no quarantine, no counts and no publish. Its catalog must be empty.
 */
final class StraightToMain {
    private static final int THREADS = 4;

    private final Workspace workspace;
    private final Landing landing;
    private final SparkSession session;

    private StraightToMain(Workspace workspace, Landing landing, SparkSession session) {
        this.workspace = workspace;
        this.landing = landing;
        this.session = session;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(System.getenv("GALLEY_ROOT"));
        try (Workspace workspace = Workspace.open(SettingsReader.read(root, System.getenv()), Clock.systemUTC())) {
            Pipeline pipeline =
                    PipelineReader.read(workspace.settings().pipelines().resolve(arguments[0]), System.getenv());
            Landing landing = workspace.landing(pipeline.name());
            long bytes = landing.batches().stream()
                    .flatMap(batch -> landing.manifest(batch).parts().stream())
                    .mapToLong(Manifest.Part::rawBytes)
                    .sum();
            SparkSession session = Sessions.start(workspace.catalog(), workspace.settings(), "straight to main", bytes);
            new StraightToMain(workspace, landing, session).write(TableGraph.of(pipeline));
        }
        Runtime.getRuntime().exit(0);
    }

    private void write(TableGraph graph) {
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Map<TableName, CompletableFuture<Void>> done = new LinkedHashMap<>();
        for (PipelineTable table : graph.tables()) {
            CompletableFuture<?>[] upstreams =
                    graph.upstreams(table.name()).stream().map(done::get).toArray(CompletableFuture<?>[]::new);
            done.put(table.name(), CompletableFuture.allOf(upstreams).thenRunAsync(() -> write(table), threads));
        }
        done.values().forEach(CompletableFuture::join);
        threads.shutdown();
        System.out.printf(Locale.ROOT, "{\"write\": %.1f}%n", StageTimes.seconds(start));
    }

    private void write(PipelineTable table) {
        Dataset<Row> rows = table instanceof ModelTable model ? computed(model) : landed((BronzeTable) table);
        Schema schema = SparkSchemaUtil.convert(rows.schema());
        workspace
                .catalog()
                .create(
                        table.name(),
                        schema,
                        PartitionTerms.spec(schema, table.partition()),
                        Map.of(TableProperties.PARQUET_COMPRESSION, "zstd"));
        try {
            rows.writeTo(Sql.name(table.name())).append();
        } catch (NoSuchTableException e) {
            throw new IllegalStateException(e);
        }
    }

    private Dataset<Row> computed(ModelTable model) {
        Dataset<Row> rows = session.sql(model.sql());
        if (!(model.write() instanceof WriteMode.Merge merge)) {
            return rows;
        }
        Column[] key = merge.key().stream().map(name -> col(name)).toArray(Column[]::new);
        return rows.withColumn(
                        "rank_of_version",
                        row_number()
                                .over(Window.partitionBy(key)
                                        .orderBy(col(merge.version()).desc())))
                .where("rank_of_version = 1")
                .drop("rank_of_version");
    }

    private Dataset<Row> landed(BronzeTable table) {
        List<LandedPart> parts = new ArrayList<>();
        landing.batches().stream()
                .filter(batch -> batch.id().resource().source().equals(table.source())
                        && batch.id().resource().resource().equals(table.resource())
                        && !batch.rejected())
                .forEach(batch ->
                        parts.addAll(LandedPart.of(workspace.store().location(), batch, landing.manifest(batch))));
        return LandedBatches.read(session, table.contract(), parts)
                .where(col(LandedSchema.ERRORS).isNull())
                .drop(LandedSchema.ERRORS, LandedSchema.TEXT);
    }
}
