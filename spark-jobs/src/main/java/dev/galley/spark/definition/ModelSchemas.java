package dev.galley.spark.definition;

import static java.util.Objects.requireNonNull;

import dev.galley.definition.CustomCheck;
import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.Problem;
import dev.galley.spark.bronze.LandedSchema;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.sql.TypeConversion;
import dev.galley.spark.write.TableWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * The columns that each table of a pipeline has, found by letting Spark resolve every SELECT against empty tables in memory.
 * Nothing is read from or written to the lakehouse.
 */
public final class ModelSchemas {
    /** As in a run, for what a write asks names its tables with the catalog. */
    private static final String CATALOG = Sql.CATALOG;

    /** Beside a table's columns while its rows are judged. */
    private static final Pattern OWN = Pattern.compile("_[gt]_", Pattern.CASE_INSENSITIVE);

    private static final Pattern PLACE = Pattern.compile("(; line \\d+ pos \\d+;?|\\(line \\d+, pos \\d+\\))$");

    private final SparkSession session;

    public ModelSchemas(SparkSession session) {
        this.session = session.newSession();
    }

    /**
     * Columns by table, in the order of the graph.
     *
     * @param checks the custom checks of the pipeline; they are resolved once all tables are
     * @throws DefinitionException with every SELECT, check and named column that does not resolve, its file and line; tables
     *     downstream of one are left out
     */
    public Map<TableName, StructType> resolve(TableGraph graph, List<CustomCheck> checks) {
        List<Problem> problems = new ArrayList<>();
        Map<TableName, StructType> schemas = resolve(graph, checks, problems);
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems);
        }
        return schemas;
    }

    /** As {@link #resolve(TableGraph, List)}, for what can be resolved; adds what is wrong to {@code problems}. */
    Map<TableName, StructType> resolve(TableGraph graph, List<CustomCheck> checks, List<Problem> problems) {
        SparkSession active = SparkSession.active();
        SparkSession.setActiveSession(session); // catalogs take their settings from it, not from the session asked
        try {
            return resolved(graph, checks, problems);
        } finally {
            SparkSession.setActiveSession(active);
        }
    }

    private Map<TableName, StructType> resolved(TableGraph graph, List<CustomCheck> checks, List<Problem> problems) {
        SupportsNamespaces namespaces = openCatalog();
        Map<TableName, StructType> schemas = new LinkedHashMap<>();
        for (PipelineTable table : graph.tables()) {
            if (!schemas.keySet().containsAll(graph.upstreams(table.name()))) {
                continue; // an upstream has a problem; that one is the cause
            }
            try {
                // Nullable, since what a SELECT promises today it may not promise on another night.
                StructType schema = table instanceof ModelTable model
                        ? columns(model, graph, problems)
                        : LandedSchema.bronze(((BronzeTable) table).contract());
                requireNames(schema);
                create(namespaces, table, schema);
                schemas.put(table.name(), schema);
                missing(table, schema)
                        .forEach(column -> problems.add(table.problem(
                                "\"write\" names column " + column + ", which its SELECT does not give")));
            } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
                problems.add(problem(table, e));
            }
        }
        CheckProof proof = new CheckProof(session, schemas.keySet());
        graph.tables().stream()
                .filter(table -> schemas.containsKey(table.name()))
                .forEach(table -> {
                    List<Problem> ofTable = proof.of(table);
                    problems.addAll(ofTable.isEmpty() ? ofWrite(table, schemas, problems) : ofTable);
                });
        checks.stream()
                .filter(check -> TableGraph.named(check.sql()).stream()
                        .allMatch(table ->
                                schemas.containsKey(table) || !graph.upstreams().containsKey(table)))
                .forEach(check -> proof.of(check).ifPresent(problems::add));
        return schemas;
    }

    private StructType columns(ModelTable model, TableGraph graph, List<Problem> problems) {
        Dataset<Row> selected = session.sql(model.sql());
        new KeyProof(graph, model, selected).problems().forEach(problem -> problems.add(model.problem(problem)));
        StructType schema = selected.schema().asNullable();
        return model.write().deletion().soft() ? schema.add(Deletion.MARKER, DataTypes.BooleanType) : schema;
    }

    /** What is wrong with how a table is written, where nothing else is wrong with it. */
    private List<Problem> ofWrite(PipelineTable table, Map<TableName, StructType> schemas, List<Problem> others) {
        if (!(table instanceof ModelTable model)
                || others.stream().anyMatch(p -> p.place().file().equals(table.file()))) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        if (model.incremental() instanceof Incremental.Affected affected) {
            affected.by()
                    .forEach(by ->
                            ofAffected(affected.column(), by, model, schemas).ifPresent(problems::add));
        }
        if (problems.isEmpty()) {
            try {
                TableWriter.prove(session, model, session.sql(model.sql()));
            } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
                problems.add("cannot be written as \"write\" says: " + reason(e));
            }
        }
        return problems.stream().map(table::problem).toList();
    }

    /** The values of one column name partitions by the other, so they must be of one type. */
    private static Optional<String> ofAffected(
            String column, Incremental.ColumnOf by, ModelTable model, Map<TableName, StructType> schemas) {
        StructType upstream = schemas.get(by.table());
        Optional<StructField> theirs = upstream == null ? Optional.empty() : TypeConversion.same(upstream, by.column());
        Optional<StructField> own = TypeConversion.same(requireNonNull(schemas.get(model.name())), column);
        String named = "\"affected\" names " + by.table() + "." + by.column();
        if (theirs.isEmpty() || own.isEmpty()) {
            return Optional.of(named + " for " + column + ", but there is no such column");
        }
        DataType type = own.get().dataType();
        if (type instanceof DoubleType || type instanceof FloatType) {
            return Optional.of(named + ", but partitions by " + type.sql()
                    + " cannot be told apart, since 0 and -0 are equal; use a decimal");
        }
        return type.equals(theirs.get().dataType())
                ? Optional.empty()
                : Optional.of(named + ", which is " + theirs.get().dataType().sql() + ", for " + column + ", which is "
                        + type.sql() + "; CAST one of them in its SELECT");
    }

    private SupportsNamespaces openCatalog() {
        JavaConverters.mapAsJavaMap(session.conf().getAll()).keySet().stream()
                .filter(key -> key.startsWith("spark.sql.catalog." + CATALOG))
                .forEach(session.conf()::unset);
        session.conf().set("spark.sql.catalog." + CATALOG, ProofCatalog.class.getName());
        session.conf().set("spark.sql.catalog." + CATALOG + ".catalog-impl", InMemoryCatalog.class.getName());
        session.conf().set("spark.sql.catalog." + CATALOG + ".cache-enabled", "false");
        session.catalog().setCurrentCatalog(CATALOG);
        SparkCatalog catalog =
                (SparkCatalog) session.sessionState().catalogManager().catalog(CATALOG);
        return (SupportsNamespaces) catalog.icebergCatalog();
    }

    private static void create(SupportsNamespaces catalog, PipelineTable table, StructType schema) {
        Namespace namespace = Namespace.of(table.name().namespace());
        if (!catalog.namespaceExists(namespace)) {
            catalog.createNamespace(namespace);
        }
        org.apache.iceberg.Schema columns = SparkSchemaUtil.convert(schema);
        ((InMemoryCatalog) catalog)
                .createTable(
                        TableIdentifier.of(namespace, table.name().name()),
                        columns,
                        PartitionTerms.spec(columns, table.partition()));
    }

    /** Names match in any case, so two that differ in nothing else are one; and some are taken. */
    private static void requireNames(StructType schema) {
        for (String name : schema.fieldNames()) {
            if (MetadataColumns.isMetadataColumn(name) || OWN.matcher(name).lookingAt()) {
                throw new IllegalArgumentException("gives column " + name + ", which is a name of "
                        + (MetadataColumns.isMetadataColumn(name) ? "Iceberg's" : "Galley's")
                        + " own; give it another name");
            }
        }
        requireNamesOnce("", schema);
    }

    private static void requireNamesOnce(String path, DataType type) {
        if (type instanceof StructType struct) {
            Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            for (StructField field : struct.fields()) {
                String name = path + field.name();
                if (!names.add(name)) {
                    throw new IllegalArgumentException(
                            "gives column " + name + " twice; give one of them another name");
                }
                requireNamesOnce(name + ".", field.dataType());
            }
        } else if (type instanceof ArrayType array) {
            requireNamesOnce(path + "element.", array.elementType());
        } else if (type instanceof MapType map) {
            requireNamesOnce(path + "key.", map.keyType());
            requireNamesOnce(path + "value.", map.valueType());
        }
    }

    private static List<String> missing(PipelineTable table, StructType schema) {
        if (!(table instanceof ModelTable model)) {
            return List.of();
        }
        Set<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        given.addAll(List.of(schema.fieldNames()));
        return Stream.concat(model.write().identity().stream(), model.write().immutable().stream())
                .filter(column -> !given.contains(column))
                .toList();
    }

    private static Problem problem(PipelineTable table, Exception e) {
        int line = table instanceof ModelTable model ? model.sqlLine() + line(e) - 1 : 1;
        return new Problem(new FileLocation(table.file(), line), reason(e));
    }

    /** The line of its text that an exception of Spark's blames, from 1; 1 if it blames none. */
    static int line(Exception e) {
        boolean placed =
                e instanceof AnalysisException analysis && analysis.line().isDefined();
        return placed ? (int) ((AnalysisException) e).line().get() : 1;
    }

    /** What an exception says, on one line; of Spark's without the plan that follows, and without the place in its text. */
    static String reason(Exception e) {
        String message = String.valueOf(e.getMessage()).strip();
        return e instanceof AnalysisException
                ? PLACE.matcher(message.lines().findFirst().orElse("")).replaceFirst("")
                : message.replaceAll("\\s+", " ");
    }
}
