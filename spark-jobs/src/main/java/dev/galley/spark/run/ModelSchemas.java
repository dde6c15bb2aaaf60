package dev.galley.spark.run;

import dev.galley.spark.plan.Graph;
import dev.galley.spec.CustomCheck;
import dev.galley.spec.Deletion;
import dev.galley.spec.ModelTable;
import dev.galley.spec.Place;
import dev.galley.spec.Problem;
import dev.galley.spec.SpecException;
import dev.galley.spec.Table;
import dev.galley.spec.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that each table of a pipeline has, found by letting Spark resolve every SELECT against empty tables in memory.
 * Nothing is read from or written to the lakehouse.
 */
public final class ModelSchemas {
    private static final String CATALOG = "proof";
    private static final Pattern PLACE = Pattern.compile("(; line \\d+ pos \\d+;?|\\(line \\d+, pos \\d+\\))$");

    private final SparkSession session;
    private final Function<Table, StructType> bronze;

    /** {@code bronze} tells the columns of a landed table. */
    public ModelSchemas(SparkSession session, Function<Table, StructType> bronze) {
        this.session = session.newSession();
        this.bronze = bronze;
    }

    /**
     * Columns by table, in the order of the graph.
     *
     * @param checks the custom checks of the pipeline; they are resolved once all tables are
     * @throws SpecException with every SELECT, check and named column that does not resolve, its file and line; tables
     *     downstream of one are left out
     */
    public Map<TableName, StructType> resolve(Graph graph, List<CustomCheck> checks) {
        List<Problem> problems = new ArrayList<>();
        Map<TableName, StructType> schemas = resolve(graph, checks, problems);
        if (!problems.isEmpty()) {
            throw new SpecException(problems);
        }
        return schemas;
    }

    /** As {@link #resolve(Graph, List)}, for what can be resolved; adds what is wrong to {@code problems}. */
    Map<TableName, StructType> resolve(Graph graph, List<CustomCheck> checks, List<Problem> problems) {
        SparkSession active = SparkSession.active();
        SparkSession.setActiveSession(session); // catalogs take their settings from it, not from the session asked
        try {
            return resolved(graph, checks, problems);
        } finally {
            SparkSession.setActiveSession(active);
        }
    }

    private Map<TableName, StructType> resolved(Graph graph, List<CustomCheck> checks, List<Problem> problems) {
        SupportsNamespaces namespaces = openCatalog();
        Map<TableName, StructType> schemas = new LinkedHashMap<>();
        for (Table table : graph.tables()) {
            if (!schemas.keySet().containsAll(graph.upstreams(table.name()))) {
                continue; // an upstream has a problem; that one is the cause
            }
            try {
                // Nullable, since what a SELECT promises today it may not promise on another night.
                StructType schema =
                        table instanceof ModelTable model ? columns(model, graph, problems) : bronze.apply(table);
                requireNamesOnce(schema);
                create(namespaces, table, schema);
                schemas.put(table.name(), schema);
                missing(table, schema)
                        .forEach(column -> problems.add(new Problem(
                                new Place(table.file(), 1),
                                "\"write\" names column " + column + ", which its SELECT does not give")));
            } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
                problems.add(problem(table, e));
            }
        }
        CheckProof proof = new CheckProof(session, schemas.keySet());
        graph.tables().stream()
                .filter(table -> schemas.containsKey(table.name()))
                .forEach(table -> problems.addAll(proof.of(table)));
        checks.stream()
                .filter(check -> Graph.named(check.sql()).stream()
                        .allMatch(table -> schemas.containsKey(table) || !graph.upstreams().containsKey(table)))
                .forEach(check -> proof.of(check).ifPresent(problems::add));
        return schemas;
    }

    private StructType columns(ModelTable model, Graph graph, List<Problem> problems) {
        Dataset<Row> selected = session.sql(model.sql());
        new KeyProof(graph, model, selected)
                .problems()
                .forEach(problem -> problems.add(new Problem(new Place(model.file(), 1), problem)));
        StructType schema = selected.schema().asNullable();
        return model.write().deletion().soft() ? schema.add(Deletion.MARKER, DataTypes.BooleanType) : schema;
    }

    private SupportsNamespaces openCatalog() {
        session.conf().set("spark.sql.catalog." + CATALOG, ProofCatalog.class.getName());
        session.conf().set("spark.sql.catalog." + CATALOG + ".catalog-impl", InMemoryCatalog.class.getName());
        session.conf().set("spark.sql.catalog." + CATALOG + ".cache-enabled", "false");
        session.catalog().setCurrentCatalog(CATALOG);
        SparkCatalog catalog =
                (SparkCatalog) session.sessionState().catalogManager().catalog(CATALOG);
        return (SupportsNamespaces) catalog.icebergCatalog();
    }

    private static void create(SupportsNamespaces catalog, Table table, StructType schema) {
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

    /** Names match in any case, so two that differ in nothing else are one. */
    private static void requireNamesOnce(StructType schema) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : schema.fieldNames()) {
            if (!names.add(name)) {
                throw new IllegalArgumentException("gives column " + name + " twice; give one of them another name");
            }
        }
    }

    private static List<String> missing(Table table, StructType schema) {
        if (!(table instanceof ModelTable model)) {
            return List.of();
        }
        Set<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        given.addAll(List.of(schema.fieldNames()));
        return Stream.concat(model.write().identity().stream(), model.write().immutable().stream())
                .filter(column -> !given.contains(column))
                .toList();
    }

    private static Problem problem(Table table, Exception e) {
        int line = table instanceof ModelTable model ? model.sqlLine() + line(e) - 1 : 1;
        return new Problem(new Place(table.file(), line), reason(e));
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
