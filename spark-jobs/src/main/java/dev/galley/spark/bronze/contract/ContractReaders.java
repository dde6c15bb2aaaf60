package dev.galley.spark.bronze.contract;

import dev.galley.definition.table.ColumnSource;
import dev.galley.definition.table.ColumnType;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Contract.Column;
import dev.galley.definition.table.Contract.From;
import dev.galley.definition.table.FieldPath;
import dev.galley.definition.table.ValueFormat;
import dev.galley.spark.bronze.contract.StructReader.Others;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The readers of a contract; they keep state, so a set per task.
 *
 * @param record of whole records
 * @param around of what is read beside the record, by its name in the envelope
 */
public record ContractReaders(StructReader record, Map<String, StructField> around) {
    /** A column or a field of a struct: where in its object it stands, and where in the row its value goes. */
    private record Leaf(FieldPath path, int place, boolean required, ValueReader reader) {
        String name() {
            return path.names().get(0);
        }

        boolean isHere() {
            return path.names().size() == 1;
        }

        Leaf at(FieldPath other) {
            return new Leaf(other, place, required, reader);
        }
    }

    /**
     * Makes the readers of a contract.
     *
     * @throws IllegalArgumentException naming a column that cannot be read
     */
    public static ContractReaders of(Contract contract) {
        List<Leaf> record = new ArrayList<>();
        List<Leaf> around = new ArrayList<>();
        for (int place = 0; place < contract.columns().size(); place++) {
            Column column = contract.columns().get(place);
            Leaf leaf = leaf(contract, column, place);
            if (column.from() == From.RECORD) {
                record.add(leaf);
            } else {
                around.add(column.from() == From.PARENT ? leaf.at(leaf.path().in("parent")) : leaf);
            }
        }
        Map<String, StructField> named = fields(around, Others.PASSED_OVER).stream()
                .collect(Collectors.toMap(StructField::name, Function.identity()));
        return new ContractReaders(new StructReader(fields(record, Others.AS_DECLARED), Others.AS_DECLARED), named);
    }

    private static Leaf leaf(Contract contract, Column column, int place) {
        try {
            FieldPath path = FieldPath.of(column.name(), column.given(), contract.names());
            ValueReader reader = new Inside(contract, column).reader(column.columnType(), column.given(), "");
            return new Leaf(path, place, column.required(), reader);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot read column " + column.name() + " of a contract: " + e.getMessage(), e);
        }
    }

    /** Readers of what a column's type holds. */
    private record Inside(Contract contract, Column column) {
        ValueReader reader(ColumnType type, ColumnSource given, String path) {
            if (type instanceof ColumnType.Struct struct) {
                return struct(struct, path);
            } else if (type instanceof ColumnType.Array array) {
                return new ArrayReader(reader(array.element(), given, path));
            } else if (type instanceof ColumnType.Map map) {
                return new MapReader(reader(map.value(), given, path));
            }
            return Formats.reader(type, ValueFormat.of(type, given));
        }

        private StructReader struct(ColumnType.Struct struct, String above) {
            List<Leaf> leaves = new ArrayList<>();
            for (ColumnType.Field field : struct.fields()) {
                String path = above.isEmpty() ? field.name() : above + "." + field.name();
                ColumnSource given = column.inside(path);
                FieldPath at = FieldPath.of(field.name(), given, contract.names());
                leaves.add(new Leaf(at, leaves.size(), field.required(), reader(field.type(), given, path)));
            }
            return new StructReader(fields(leaves, Others.AS_DECLARED), Others.AS_DECLARED);
        }
    }

    private static List<StructField> fields(List<Leaf> leaves, Others others) {
        Map<String, List<Leaf>> byName = new LinkedHashMap<>();
        leaves.forEach(leaf ->
                byName.computeIfAbsent(leaf.name(), name -> new ArrayList<>()).add(leaf));
        return byName.entrySet().stream()
                .map(entry -> field(entry.getKey(), entry.getValue(), others))
                .toList();
    }

    private static StructField field(String name, List<Leaf> leaves, Others others) {
        Leaf first = leaves.get(0);
        if (leaves.size() == 1 && first.isHere()) {
            return new StructField(
                    name, first.path().bySnakeCase(), first.place(), first.required(), first.reader(), null);
        }
        if (leaves.stream().anyMatch(Leaf::isHere)) {
            throw new IllegalArgumentException("Cannot read the field " + name + " of a contract twice");
        }
        List<Leaf> below =
                leaves.stream().map(leaf -> leaf.at(leaf.path().below())).toList();
        return new StructField(name, false, -1, false, null, new StructReader(fields(below, others), others));
    }
}
