package dev.galley.spark.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.definition.table.ColumnSource;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Contract.From;
import dev.galley.definition.table.Contract.Names;
import dev.galley.definition.table.Contract.OnMisfit;
import dev.galley.definition.table.Contract.UnknownFields;
import dev.galley.definition.table.ValueFormat;
import dev.galley.spark.store.LandedPart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the data source is told, as the text options Spark passes on. */
record LandedOptions(Contract contract, List<LandedPart> parts) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS = "columns";
    private static final String NAMES = "names";
    private static final String UNKNOWN_FIELDS = "unknownFields";
    private static final String PARTS = "parts";

    private record Column(
            String name, String type, boolean required, From from, Written given, Map<String, Written> inside) {
        static Column of(Contract.Column column) {
            Map<String, Written> inside = new HashMap<>();
            column.inside().forEach((path, given) -> inside.put(path, Written.of(given)));
            return new Column(
                    column.name(), column.type(), column.required(), column.from(), Written.of(column.given()), inside);
        }

        Contract.Column back() {
            Map<String, ColumnSource> fields = new HashMap<>();
            inside.forEach((path, written) -> fields.put(path, written.back()));
            return new Contract.Column(name, type, required, false, Optional.empty(), from, given.back(), fields);
        }
    }

    private record Written(
            @Nullable String field,
            @Nullable String format,
            @Nullable String zone,
            @Nullable String yes,
            @Nullable String no) {
        static Written of(ColumnSource given) {
            return new Written(
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

    LandedOptions {
        parts = List.copyOf(parts);
    }

    static LandedOptions of(Map<String, String> options) {
        try {
            List<Column> columns = JSON.readValue(options.get(COLUMNS), new TypeReference<List<Column>>() {});
            Contract contract = new Contract(
                    columns.stream().map(Column::back).toList(),
                    Names.valueOf(String.valueOf(options.get(NAMES))),
                    UnknownFields.valueOf(String.valueOf(options.get(UNKNOWN_FIELDS))),
                    OnMisfit.QUARANTINE);
            return new LandedOptions(contract, JSON.readValue(options.get(PARTS), new TypeReference<>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Cannot read the options of landed batches: " + e.getOriginalMessage(), e);
        }
    }

    Map<String, String> toMap() {
        try {
            List<Column> columns = contract.columns().stream().map(Column::of).toList();
            return Map.of(
                    COLUMNS,
                    JSON.writeValueAsString(columns),
                    NAMES,
                    contract.names().name(),
                    UNKNOWN_FIELDS,
                    contract.unknownFields().name(),
                    PARTS,
                    JSON.writeValueAsString(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot pass a contract on to Spark: " + e.getOriginalMessage(), e);
        }
    }
}
