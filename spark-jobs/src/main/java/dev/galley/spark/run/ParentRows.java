package dev.galley.spark.run;

import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.RowVersion;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.spark.definition.KeyProof;
import dev.galley.spark.plan.ColumnLineage;
import dev.galley.spark.plan.Step;
import dev.galley.spark.plan.StepInput;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.plan.UpstreamTable;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.view.ChangeRange;
import dev.galley.spark.view.RunCatalog;
import dev.galley.spark.write.Parents;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rows of its upstream that the rows of a keyed table come from, also those that its SELECT gives nothing for. */
public final class ParentRows {
    private final SparkSession session;
    private final RunCatalog catalog;
    private final TableGraph graph;

    public ParentRows(SparkSession session, RunCatalog catalog, TableGraph graph) {
        this.session = session;
        this.catalog = catalog;
        this.graph = graph;
    }

    /** Empty if no key of the table can be gone but by a version that says so. */
    public Optional<Parents> of(Step.Compute step, boolean first) {
        ModelTable model = step.spec();
        if (!(model.incremental() instanceof Incremental.NewRowsOf rows)
                || model.write().key().isEmpty()) {
            return Optional.empty();
        }
        UpstreamTable upstream = graph.upstream(rows.table());
        OptionalLong since = step.of() instanceof StepInput.NewRows fresh ? fresh.since() : OptionalLong.empty();
        if (upstream.appendOnly()) {
            return model.write() instanceof WriteMode.ReplaceGroups
                    ? Optional.of(versions(model, rows.table(), since))
                    : Optional.empty();
        }
        if (first || since.isEmpty() || !follows(model, upstream)) {
            return Optional.empty();
        }
        return changes(model, upstream, ChangeRange.since(since.getAsLong()));
    }

    /** {@code selected}, with the number of its parent where several of one key and version are in it. */
    public static Dataset<Row> numbered(
            SparkSession session, TableGraph graph, ModelTable model, Dataset<Row> selected) {
        if (!(model.write() instanceof WriteMode.ReplaceGroups groups)
                || !(model.incremental() instanceof Incremental.NewRowsOf rows)
                || !graph.upstream(rows.table()).appendOnly()) {
            return selected;
        }
        List<String> unit = Stream.concat(groups.group().stream(), Stream.of(groups.version()))
                .toList();
        return ColumnLineage.of(selected, rows.table())
                .numbered(session, unit, Parents.NUMBER)
                .orElse(selected);
    }

    /** Whether a delta of the model must hold all rows of its upstream, if that changed, to tell what is gone. */
    static boolean readsWhole(ModelTable model, UpstreamTable upstream) {
        return upstream.changesInPart() && follows(model, upstream);
    }

    private static boolean follows(ModelTable model, UpstreamTable upstream) {
        return !upstream.changesInPart() || upstream.losing() || model.write() instanceof WriteMode.ReplaceGroups;
    }

    private Parents versions(ModelTable model, TableName upstream, OptionalLong since) {
        Map<TableName, ChangeRange> windows =
                since.isPresent() ? Map.of(upstream, ChangeRange.since(since.getAsLong())) : Map.of();
        ColumnLineage lineage = lineage(model, upstream);
        Set<String> wanted = new LinkedHashSet<>(model.write().key());
        model.write().versions().map(RowVersion::column).ifPresent(wanted::add);
        wanted.addAll(model.write().immutable());
        return new Parents(
                reading(windows, () -> session.table(Sql.name(upstream)).select(columns(lineage, wanted))),
                Parents.Tell.VERSIONS);
    }

    private Optional<Parents> changes(ModelTable model, UpstreamTable upstream, ChangeRange window) {
        TableName name = upstream.table().name();
        ColumnLineage lineage = lineage(model, name);
        List<String> key = model.write().key();
        if (key.stream().noneMatch(column -> lineage.of(column).isPresent()) || !lineage.carries(upstream.key(), key)) {
            return Optional.empty();
        }
        Set<String> wanted = new LinkedHashSet<>(key);
        wanted.addAll(model.write().immutable());
        Column[] columns = columns(lineage, wanted);
        Map<TableName, ChangeRange> windows = Map.of(name, window);
        Dataset<Row> changed =
                reading(windows, () -> session.table(Sql.name(name)).select(columns));
        if (!upstream.losing() && !upstream.changesInPart()) {
            return Optional.of(new Parents(changed, Parents.Tell.CHANGES));
        }
        Dataset<Row> removed = reading(
                windows, () -> session.table(Sql.beside(name, "removed")).select(columns));
        Dataset<Row> added =
                reading(windows, () -> session.table(Sql.beside(name, "added")).select(columns));
        return Optional.of(new Parents(changed.union(removed.except(added)), Parents.Tell.CHANGES));
    }

    private ColumnLineage lineage(ModelTable model, TableName upstream) {
        Dataset<Row> selected = session.sql(model.sql());
        new KeyProof(graph, model, selected).ofNewRows(graph.upstream(upstream)).ifPresent(problem -> {
            throw new DefinitionException(List.of(model.problem(problem)));
        });
        return ColumnLineage.of(selected, upstream);
    }

    private Dataset<Row> reading(Map<TableName, ChangeRange> windows, Supplier<Dataset<Row>> analysis) {
        return catalog.reading(windows, analysis);
    }

    private static Column[] columns(ColumnLineage lineage, Set<String> wanted) {
        return wanted.stream()
                .flatMap(name -> lineage.of(name).map(column -> column.as(name)).stream())
                .toArray(Column[]::new);
    }
}
