package dev.galley.oracle;

import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Select;
import dev.galley.oracle.pipeline.ValueText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a SELECT makes of one row that it reads.
 *
 * @param source its columns, but for those made of the elements of a list; for aggregates the row itself
 * @param rows none if the row is filtered out or its list is empty
 * @param empties whether no rows mean that there are none any more: what it reads only ever gets more rows
 */
record SelectedRow(Row source, List<Row> rows, boolean empties) {
    static List<SelectedRow> of(Select select, List<Row> from, boolean empties) {
        List<SelectedRow> selected = new ArrayList<>();
        if (select instanceof Select.Rows rows) {
            from.forEach(row -> selected.add(of(rows, row, empties)));
        } else {
            grouped((Select.Groups) select, from)
                    .forEach(row -> selected.add(new SelectedRow(row, List.of(row), empties)));
        }
        return selected;
    }

    static List<Row> rows(Select select, List<Row> from) {
        return of(select, from, false).stream().flatMap(s -> s.rows().stream()).toList();
    }

    private static SelectedRow of(Select.Rows select, Row row, boolean empties) {
        List<Row> made = new ArrayList<>();
        for (Object element : elements(select, row)) {
            Row read = select.exploded().isPresent() ? row.with(Select.Rows.ELEMENT, element) : row;
            boolean wanted = select.where()
                    .map(condition -> Boolean.TRUE.equals(condition.of(read)))
                    .orElse(true);
            if (wanted) {
                made.add(projected(select, read));
            }
        }
        return new SelectedRow(projected(select, row), made, empties);
    }

    private static List<? extends @Nullable Object> elements(Select.Rows select, Row row) {
        if (select.exploded().isEmpty()) {
            return List.of(row);
        }
        return row.get(select.exploded().get()) instanceof List<?> list ? list : List.of();
    }

    private static Row projected(Select.Rows select, Row row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        select.items().forEach(item -> values.put(item.name(), item.expression().of(row)));
        return Row.of(values);
    }

    private static List<Row> grouped(Select.Groups select, List<Row> from) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        if (select.by().isEmpty()) {
            groups.put("", new ArrayList<>());
        }
        from.forEach(row -> groups.computeIfAbsent(ValueText.ofKey(row.get(select.by())), k -> new ArrayList<>())
                .add(row));
        List<Row> made = new ArrayList<>();
        for (List<Row> group : groups.values()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            select.by().forEach(column -> values.put(column, group.get(0).get(column)));
            select.aggregates().forEach(aggregate -> values.put(aggregate.name(), aggregate.of(group)));
            made.add(Row.of(values));
        }
        return made;
    }
}
