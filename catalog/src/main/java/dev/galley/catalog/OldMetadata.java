package dev.galley.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Metadata files that a commit pushed out of a table's log, where {@code write.metadata.delete-after-commit.enabled} says so. */
final class OldMetadata {
    private static final Logger LOG = LoggerFactory.getLogger(OldMetadata.class);

    private OldMetadata() {}

    /** Deletes those that no row points to: a table that was registered under a second name is at a file of the first. */
    static void delete(
            Database database, MetadataPointers pointers, FileIO io, @Nullable TableMetadata base, TableMetadata next) {
        List<String> old = base == null ? List.of() : removed(base, next);
        if (old.isEmpty()) {
            return;
        }
        try {
            Set<String> named = database.repeatable("list what the catalog holds", pointers::everything).stream()
                    .map(CatalogEntry::metadata)
                    .flatMap(Optional::stream)
                    .map(TableFolder::spelled)
                    .collect(Collectors.toSet());
            old.removeIf(file -> named.contains(TableFolder.spelled(file)));
            old.forEach(io::deleteFile);
        } catch (RuntimeException e) {
            LOG.warn("Left behind: {}", old, e);
        }
    }

    private static List<String> removed(TableMetadata base, TableMetadata next) {
        List<String> removed = new ArrayList<>();
        if (PropertyUtil.propertyAsBoolean(
                next.properties(),
                TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
                TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED_DEFAULT)) {
            base.previousFiles().stream().map(MetadataLogEntry::file).forEach(removed::add);
            next.previousFiles().stream().map(MetadataLogEntry::file).forEach(removed::remove);
        }
        return removed;
    }
}
