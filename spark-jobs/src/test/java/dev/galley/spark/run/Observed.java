package dev.galley.spark.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.definition.table.TableName;
import dev.galley.oracle.WaitingRow;
import dev.galley.oracle.pipeline.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Tables as the oracle speaks of them, read by Iceberg alone. */
record Observed(Workspace workspace) {
    /** Keeps the sign of a zero, which big decimals do not. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> NOT_COMPARED = Set.of("_part", "_fetched_at", "_rescued", "_pos");

    /** What a branch of the table holds; nothing if there is no such branch or table. */
    List<Row> rows(String table, String branch) {
        List<Row> rows = new ArrayList<>();
        read(table, branch).forEach(record -> rows.add(row(record)));
        return rows;
    }

    /** What waits in the quarantine of a table; the run that refused it is not told. */
    List<WaitingRow> waiting(String table) {
        boolean bronze = table.startsWith("bronze.");
        List<WaitingRow> waiting = new ArrayList<>();
        for (Record record : read(TableName.of(table).quarantine().toString(), "main")) {
            if (record.getField("released_run") == null) {
                Set<String> checks = new TreeSet<>();
                for (Object reason : (List<?>) record.getField("reasons")) {
                    checks.add((String) ((Record) reason).getField("check"));
                }
                Row row = bronze ? place(record) : refused(table, (String) record.getField("record"));
                waiting.add(new WaitingRow(0, row, bronze ? Set.of("contract") : checks));
            }
        }
        return waiting;
    }

    private Iterable<Record> read(String name, String branch) {
        TableName table = TableName.of(name);
        if (!workspace.catalog().exists(table)) {
            return List.of();
        }
        Table iceberg = workspace.catalog().load(table);
        Snapshot snapshot = iceberg.snapshot(branch);
        if (snapshot == null) {
            return List.of();
        }
        List<Record> records = new ArrayList<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(iceberg)
                .useSnapshot(snapshot.snapshotId())
                .project(iceberg.schema())
                .build()) {
            rows.forEach(row -> records.add(row.copy()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private static Row place(Record record) {
        return Row.of("_batch", record.getField("_batch"), "_line", record.getField("_line"));
    }

    private static Row row(Record record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Types.NestedField field : record.struct().fields()) {
            if (!NOT_COMPARED.contains(field.name())) {
                values.put(field.name().toLowerCase(Locale.ROOT), value(record.getField(field.name())));
            }
        }
        return Row.of(values);
    }

    private static @Nullable Object value(@Nullable Object given) {
        if (given instanceof Record record) {
            return row(record);
        }
        if (given instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(v -> values.add(value(v)));
            return values;
        }
        if (given instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((k, v) -> values.put(String.valueOf(k), value(v)));
            return values;
        }
        if (given instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        return given;
    }

    private Row refused(String table, String text) {
        Schema schema = workspace.catalog().load(TableName.of(table)).schema();
        try {
            return Objects.requireNonNull((Row) parsed(JSON.readTree(text), schema.asStruct()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }

    private static @Nullable Object parsed(@Nullable JsonNode node, Type type) {
        if (node == null || node.isNull()) {
            return null;
        }
        return switch (type.typeId()) {
            case STRUCT -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                for (Types.NestedField field : type.asStructType().fields()) {
                    values.put(field.name().toLowerCase(Locale.ROOT), parsed(node.get(field.name()), field.type()));
                }
                yield Row.of(values);
            }
            case LIST -> {
                List<@Nullable Object> values = new ArrayList<>();
                node.forEach(v -> values.add(parsed(v, type.asListType().elementType())));
                yield values;
            }
            case MAP -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                node.fields()
                        .forEachRemaining(e -> values.put(
                                e.getKey(),
                                parsed(e.getValue(), type.asMapType().valueType())));
                yield values;
            }
            case DECIMAL -> new BigDecimal(node.asText()).setScale(((Types.DecimalType) type).scale());
            case DOUBLE -> Double.valueOf(node.asText());
            case LONG -> node.asLong();
            case INTEGER -> node.asInt();
            case BOOLEAN -> node.asBoolean();
            case DATE -> LocalDate.parse(node.asText());
            case TIMESTAMP -> OffsetDateTime.parse(node.asText()).toInstant();
            default -> node.asText();
        };
    }
}
