package dev.galley.spark.bronze;

import dev.galley.definition.table.ColumnSource;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Contract.From;
import dev.galley.definition.table.Contract.Names;
import dev.galley.definition.table.Contract.OnMisfit;
import dev.galley.definition.table.Contract.UnknownFields;
import dev.galley.definition.table.ValueFormat;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What executors read by: a contract without what it says of refused records and to people. */
record SerializedContract(List<Column> columns, Names names, UnknownFields unknownFields) implements Serializable {
    private record Column(
            String name, String type, boolean required, From from, Source given, HashMap<String, Source> inside)
            implements Serializable {
        static Column of(Contract.Column column) {
            HashMap<String, Source> inside = new HashMap<>();
            column.inside().forEach((path, given) -> inside.put(path, Source.of(given)));
            return new Column(
                    column.name(), column.type(), column.required(), column.from(), Source.of(column.given()), inside);
        }

        Contract.Column back() {
            Map<String, ColumnSource> fields = new HashMap<>();
            inside.forEach((path, source) -> fields.put(path, source.back()));
            return new Contract.Column(name, type, required, false, Optional.empty(), from, given.back(), fields);
        }
    }

    private record Source(
            @Nullable String field,
            @Nullable String format,
            @Nullable String zone,
            @Nullable String yes,
            @Nullable String no)
            implements Serializable {
        static Source of(ColumnSource given) {
            return new Source(
                    given.field().orElse(null),
                    given.format().orElse(null),
                    given.zone().orElse(null),
                    given.words().map(ValueFormat.Words::yes).orElse(null),
                    given.words().map(ValueFormat.Words::no).orElse(null));
        }

        ColumnSource back() {
            Optional<ValueFormat.Words> words =
                    yes == null || no == null ? Optional.empty() : Optional.of(new ValueFormat.Words(yes, no));
            return new ColumnSource(
                    Optional.ofNullable(field), Optional.ofNullable(format), Optional.ofNullable(zone), words);
        }
    }

    static SerializedContract of(Contract contract) {
        return new SerializedContract(
                contract.columns().stream().map(Column::of).toList(), contract.names(), contract.unknownFields());
    }

    Contract back() {
        return new Contract(columns.stream().map(Column::back).toList(), names, unknownFields, OnMisfit.QUARANTINE);
    }
}
