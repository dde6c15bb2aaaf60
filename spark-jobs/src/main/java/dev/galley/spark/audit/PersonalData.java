package dev.galley.spark.audit;

import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.JavaConverters;

/**
 * Which columns identify persons: those of contracts that say {@code pii: true}, and what models make of them. Messages and
 * reports show {@value #MASK} in their place. Asked for only when there is something to show. Safe for threads.
 */
public final class PersonalData {
    public static final String MASK = "***";

    private final SparkSession spark;
    private final List<PipelineTable> tables;
    private final Map<TableName, Set<String>> columns = new HashMap<>();
    private boolean known;

    /**
     * @param spark a session that resolves the models' tables
     * @param tables of one pipeline
     */
    public PersonalData(SparkSession spark, List<PipelineTable> tables) {
        this.spark = spark;
        this.tables = List.copyOf(tables);
    }

    /** Whether any column does. Costs nothing. */
    public boolean any() {
        return any(tables);
    }

    /** Whether any contract of these tables says so. */
    public static boolean any(List<PipelineTable> tables) {
        return tables.stream()
                .anyMatch(table -> table instanceof BronzeTable bronze
                        && bronze.contract().columns().stream().anyMatch(Contract.Column::pii));
    }

    /** Whether messages must not show the values of a table's column; its name in any case. */
    public boolean contains(TableName table, String column) {
        return of(table).contains(column.toLowerCase(Locale.ROOT));
    }

    /** Whether any column of the table does. */
    public boolean anyOf(TableName table) {
        return !of(table).isEmpty();
    }

    /** The key of a row, or what stands for it where a table has none, as messages may show it. */
    public String key(PipelineTable table, String key) {
        if (key.isEmpty() || table instanceof BronzeTable) {
            return key;
        }
        List<String> columns = ((ModelTable) table).write().key();
        boolean hidden = columns.isEmpty()
                ? anyOf(table.name())
                : columns.stream().anyMatch(column -> contains(table.name(), column));
        return hidden ? MASK : key;
    }

    /** Of each column of a query's result whether messages must not show it. */
    List<Boolean> of(LogicalPlan analyzed) {
        resolve();
        return new MarkedColumns(this::contains).of(analyzed);
    }

    private synchronized Set<String> of(TableName table) {
        resolve();
        return columns.getOrDefault(table, Set.of());
    }

    /** Until nothing is added, since a table may read itself as it was. */
    private synchronized void resolve() {
        if (known || !any()) {
            return;
        }
        known = true;
        Map<TableName, LogicalPlan> plans = new HashMap<>();
        for (PipelineTable table : tables) {
            if (table instanceof BronzeTable bronze) {
                columns.put(table.name(), of(bronze.contract()));
            } else {
                analyze((ModelTable) table, plans);
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<TableName, LogicalPlan> plan : plans.entrySet()) {
                Set<String> marked = marked(plan.getValue());
                more |= columns.computeIfAbsent(plan.getKey(), t -> new HashSet<>())
                        .addAll(marked);
            }
        }
    }

    private Set<String> marked(LogicalPlan plan) {
        List<Boolean> marks = new MarkedColumns(this::contains).of(plan);
        List<String> names = JavaConverters.seqAsJavaList(plan.output()).stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .toList();
        Set<String> marked = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (marks.get(i)) {
                marked.add(names.get(i));
            }
        }
        return marked;
    }

    /** Of a model that cannot be resolved, every column the table has is hidden. */
    private void analyze(ModelTable model, Map<TableName, LogicalPlan> plans) {
        try {
            plans.put(model.name(), spark.sql(model.sql()).queryExecution().analyzed());
        } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
            Set<String> all = new HashSet<>();
            if (spark.catalog().tableExists(Sql.name(model.name()))) {
                Arrays.stream(spark.table(Sql.name(model.name())).columns())
                        .forEach(column -> all.add(column.toLowerCase(Locale.ROOT)));
            }
            columns.put(model.name(), all);
        }
    }

    /** Fields that the contract does not name may hold anything. */
    private static Set<String> of(Contract contract) {
        Set<String> personal = new HashSet<>();
        contract.columns().stream()
                .filter(Contract.Column::pii)
                .forEach(column -> personal.add(column.name().toLowerCase(Locale.ROOT)));
        if (!personal.isEmpty()) {
            personal.add("_rescued");
        }
        return personal;
    }
}
