package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.ReceivedRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A body cut into records.
 *
 * @param values the scalars found under the JSON pointers asked for, as text; null and absent ones are left out
 */
record CutPage(List<ReceivedRecord> records, Map<String, String> values) {
    CutPage {
        records = List.copyOf(records);
        values = Map.copyOf(values);
    }

    Optional<String> value(String pointer) {
        return Optional.ofNullable(values.get(pointer));
    }
}
