package dev.galley.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;

/**
 * Table metadata read lately. A metadata file is never written twice, so what was read stays true; which file is current,
 * the database is asked each time. Safe for threads.
 */
final class MetadataCache {
    private static final int FILES = 256;

    private final Map<String, TableMetadata> read = new LinkedHashMap<>(FILES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TableMetadata> eldest) {
            return size() > FILES;
        }
    };

    /** The metadata at a location, from memory or by {@code reader}; two threads may read the same file at once. */
    TableMetadata get(String location, Function<String, TableMetadata> reader) {
        TableMetadata known;
        synchronized (read) {
            known = read.get(location);
        }
        if (known == null) {
            known = reader.apply(location);
            synchronized (read) {
                read.put(location, known);
            }
        }
        return known;
    }
}
