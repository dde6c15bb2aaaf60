package dev.galley.spark.landed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.spec.Contract;
import dev.galley.spec.Contract.OnMisfit;
import dev.galley.spec.Contract.UnknownFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the data source is told, as the text options Spark passes on. */
record LandedOptions(Contract contract, List<LandedPart> parts) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS = "columns";
    private static final String UNKNOWN_FIELDS = "unknownFields";
    private static final String PARTS = "parts";

    private record Column(String name, String type, boolean required) {
        static Column of(Contract.Column column) {
            return new Column(column.name(), column.type(), column.required());
        }

        Contract.Column back() {
            return new Contract.Column(name, type, required, false, Optional.empty());
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
                    UnknownFields.valueOf(options.get(UNKNOWN_FIELDS)),
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
                    UNKNOWN_FIELDS,
                    contract.unknownFields().name(),
                    PARTS,
                    JSON.writeValueAsString(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot pass a contract on to Spark: " + e.getOriginalMessage(), e);
        }
    }
}
