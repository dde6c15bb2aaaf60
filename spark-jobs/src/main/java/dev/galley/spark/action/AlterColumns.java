package dev.galley.spark.action;

import dev.galley.catalog.SchemaEvolution;
import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.definition.Pipeline;
import dev.galley.definition.table.TableName;
import dev.galley.spark.definition.ModelSchemas;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.table.PublishedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.SparkSession;

/**
 * Brings the published tables of a pipeline to the columns that its files say now, where a run refuses because something would be
 * lost. Readers of {@code main} see it at once: columns go, none gets a value; tags keep what they name as it was.
 */
public final class AlterColumns {
    private final Workspace workspace;
    private final Pipeline pipeline;
    private final SparkSession session;

    public AlterColumns(Workspace workspace, Pipeline pipeline, SparkSession session) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.session = session;
    }

    /**
     * What would be lost, in words, by table, and which columns that another program dropped would be made anew, without values;
     * tables that a run could change are left out. Changes nothing.
     */
    public SortedMap<TableName, List<String>> plan() {
        SortedMap<TableName, List<String>> losses = new TreeMap<>();
        wanted().forEach((name, schema) -> {
            Table table = load(name);
            List<String> lost = new ArrayList<>(SchemaEvolution.losses(table, schema));
            PublishedTable.state(table).drift().missing().stream()
                    .filter(column -> schema.findField(column) != null)
                    .forEach(column -> lost.add("column " + column + " was dropped by another program and would be made"
                            + " anew, without values"));
            losses.put(name, lost);
        });
        losses.values().removeIf(List::isEmpty);
        return losses;
    }

    /**
     * Drops those columns, table by table, and adds what takes their place, without values. What was done when it fails stays
     * done; again it does the rest.
     *
     * @return what was lost; nothing is done where nothing is
     *
     * @throws HeldRunException if an audited run waits for a person: its rows have the columns of before
     * @throws dev.galley.catalog.run.LeaseHeldException if a run is at work
     */
    public SortedMap<TableName, List<String>> execute() {
        SortedMap<TableName, List<String>> losses = plan();
        if (losses.isEmpty()) {
            return losses;
        }
        try (OpenRun run = workspace.runs().open(pipeline.name(), Kind.CHANGE)) {
            wanted().forEach((name, schema) -> {
                Table table = load(name);
                SchemaEvolution.drop(table, schema);
                SchemaEvolution.evolve(table, schema);
            });
        }
        return losses;
    }

    private Table load(TableName table) {
        return workspace.catalog().load(table);
    }

    private SortedMap<TableName, Schema> wanted() {
        SortedMap<TableName, Schema> wanted = new TreeMap<>();
        Map<TableName, ?> there = workspace.catalog().locations();
        new ModelSchemas(session)
                .resolve(TableGraph.of(pipeline), pipeline.checks())
                .forEach((table, columns) -> {
                    // What was never published is made anew by the next run.
                    if (there.containsKey(table) && load(table).currentSnapshot() != null) {
                        wanted.put(table, SparkSchemaUtil.convert(columns));
                    }
                });
        return wanted;
    }
}
