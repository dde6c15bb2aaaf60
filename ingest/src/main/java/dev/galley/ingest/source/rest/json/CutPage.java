package dev.galley.ingest.source.rest.json;

import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.ReceivedRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A body cut into records.
 *
 * @param values the scalars found under the JSON pointers asked for; null and absent ones are left out
 * @param nulls those of the pointers that hold null
 * @param around scalars that stand around the records, by their JSON pointers, where a list tells of its pages
 */
public record CutPage(
        List<ReceivedRecord> records,
        Map<String, JsonScalar> values,
        Set<String> nulls,
        Map<String, JsonScalar> around) {
    public CutPage {
        records = List.copyOf(records);
        values = Map.copyOf(values);
        nulls = Set.copyOf(nulls);
        around = Map.copyOf(around);
    }

    public static CutPage empty() {
        return new CutPage(List.of(), Map.of(), Set.of(), Map.of());
    }

    /** The same page with records in front of its own. */
    CutPage after(List<ReceivedRecord> first) {
        return new CutPage(Stream.concat(first.stream(), records.stream()).toList(), values, nulls, around);
    }

    public Optional<JsonScalar> value(String pointer) {
        return Optional.ofNullable(values.get(pointer));
    }

    /** The value for a message. */
    public String said(String pointer) {
        return value(pointer).map(JsonScalar::json).orElse(nulls.contains(pointer) ? "null" : "missing");
    }
}
