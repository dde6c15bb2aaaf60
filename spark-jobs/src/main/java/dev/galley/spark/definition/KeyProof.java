package dev.galley.spark.definition;

import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.RowVersion;
import dev.galley.definition.table.WriteMode;
import dev.galley.spark.plan.ColumnLineage;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.plan.UpstreamTable;
import dev.galley.spark.sql.TypeConversion;
import dev.galley.spark.write.Parents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Whether the versions of a keyed table can be compared, and whether it can see what is gone.
 *
 * @param selected what the SELECT of {@code model} gives
 */
public record KeyProof(TableGraph graph, ModelTable model, Dataset<Row> selected) {
    /** What is wrong, in words; empty for tables without keys. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        model.write().versions().flatMap(this::ofVersion).ifPresent(problems::add);
        deletion().ifPresent(problems::add);
        Stream.concat(model.write().key().stream(), model.write().immutable().stream())
                .distinct()
                .forEach(column -> ofMap(column).ifPresent(problems::add));
        if (model.write() instanceof WriteMode.Merge || model.write() instanceof WriteMode.ReplaceGroups) {
            (model.incremental() instanceof Incremental.NewRowsOf rows
                            ? ofNewRows(graph.upstream(rows.table()))
                            : ofWhole())
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<String> ofVersion(RowVersion version) {
        Optional<StructField> field = Stream.of(selected.schema().fields())
                .filter(f -> f.name().equalsIgnoreCase(version.column()))
                .findFirst();
        if (field.isEmpty()) {
            return Optional.empty();
        }
        DataType type = field.get().dataType();
        String named = "\"version\": column " + version.column() + " is " + type.sql();
        if (type instanceof StringType) {
            return version.as().isPresent()
                    ? Optional.empty()
                    : Optional.of(named
                            + ", and \"10\" is less than \"9\" as text; say what it stands for: version: {column: "
                            + version.column() + ", as: bigint}, or timestamp, or text");
        }
        if (type instanceof StructType
                || type instanceof ArrayType
                || type instanceof MapType
                || type instanceof BooleanType
                || type instanceof BinaryType) {
            return Optional.of(named + "; a version is a number, a date, a timestamp, or text");
        }
        return version.as().map(as -> named + "; \"as\" is for text, remove it");
    }

    private Optional<String> ofMap(String column) {
        return Stream.of(selected.schema().fields())
                .filter(f -> f.name().equalsIgnoreCase(column)
                        && !TypeConversion.comparable(f.dataType()).equals(f.dataType()))
                .findFirst()
                .map(f -> "\"write\": column " + column + " is " + f.dataType().sql()
                        + "; maps are no keys and not immutable");
    }

    private Optional<String> deletion() {
        Deletion deletion = model.write().deletion();
        if (deletion.soft()
                && List.of(selected.schema().fieldNames()).stream().anyMatch(Deletion.MARKER::equalsIgnoreCase)) {
            return Optional.of("gives column " + Deletion.MARKER
                    + ", which a table with deletes: soft has of itself; give it" + " another name");
        }
        return deletion.when().flatMap(this::ofCondition);
    }

    private Optional<String> ofCondition(String when) {
        try {
            DataType type =
                    selected.selectExpr("(" + when + "\n)").schema().fields()[0].dataType();
            return type instanceof BooleanType
                    ? Optional.empty()
                    : Optional.of("\"delete_when\" must be true or false, is " + type.sql() + ": " + when.strip());
        } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
            return Optional.of("\"delete_when\": " + ModelSchemas.reason(e));
        }
    }

    /** Why it would not see what is gone from {@code upstream}, of which it reads the new rows; empty if it does. */
    public Optional<String> ofNewRows(UpstreamTable upstream) {
        ColumnLineage lineage = ColumnLineage.of(selected, upstream.table().name());
        List<String> key = model.write().key();
        boolean groups = model.write() instanceof WriteMode.ReplaceGroups;
        List<String> needed = new ArrayList<>(groups ? key : List.of());
        if (groups && upstream.appendOnly()) {
            model.write().versions().map(RowVersion::column).ifPresent(needed::add);
        }
        Optional<String> unknown =
                needed.stream().filter(c -> !lineage.tells(List.of(c))).findFirst();
        if (unknown.isPresent()) {
            return Optional.of("Mode replace_groups must see parents that have no rows any more, but column "
                    + unknown.get()
                    + " is not computed from a row of " + upstream.table().name()
                    + " alone; take it from there, or use mode replace without \"incremental\"");
        }
        if (groups && upstream.appendOnly() && lineage.losesTrack(selected.sparkSession(), needed, Parents.NUMBER)) {
            String from = upstream.table().name().toString();
            return Optional.of("Mode replace_groups could not tell the rows of a record of " + from
                    + " that is landed twice from those of one: the SELECT explodes its lists, and then brings rows together"
                    + " that may come from several; merge " + from
                    + " into a table with one row per key first, and take the new rows of that");
        }
        if (!groups && (upstream.appendOnly() || !upstream.losing())) {
            return Optional.empty();
        }
        boolean follows = upstream.key().isEmpty()
                ? key.stream().anyMatch(c -> lineage.tells(List.of(c)))
                : lineage.carries(upstream.key(), key);
        String holds = upstream.key().isEmpty() ? "a column" : String.join(", ", upstream.key());
        return follows || upstream.appendOnly()
                ? Optional.empty()
                : Optional.of(
                        "Rows of " + upstream.table().name() + " can go or change, and this table would not follow: "
                                + (groups ? "\"group\"" : "\"key\"") + " must hold " + holds
                                + " of it, under whatever name; or use"
                                + " mode replace without \"incremental\"");
    }

    /** A merge takes nothing away that it is not shown: that may only be older than what its SELECT looks at. */
    private Optional<String> ofWhole() {
        return graph.upstreams(model.name()).stream()
                .map(graph::upstream)
                .filter(UpstreamTable::losing)
                .findFirst()
                .map(upstream -> "Rows of " + upstream.table().name()
                        + " can go, and a merge that reads it whole would keep what came from them; say \"incremental:"
                        + " {new_rows_of: " + upstream.table().name() + "}\", or use mode replace");
    }
}
