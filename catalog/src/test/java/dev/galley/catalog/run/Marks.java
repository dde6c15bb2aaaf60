package dev.galley.catalog.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.relocated.com.google.common.util.concurrent.MoreExecutors;

/** Who wrote to a table: each writer leaves a data file, in metadata only, that bears its name. */
final class Marks {
    private static final String ENDING = ".parquet";

    private Marks() {}

    /** One commit to a branch of the table as it is now. */
    static void append(GalleyCatalog catalog, TableName name, String branch, String mark) {
        Table table = catalog.load(name);
        table.newAppend()
                .appendFile(file(mark))
                .toBranch(branch)
                .scanManifestsWith(MoreExecutors.newDirectExecutorService()) // else it polls others every 10 ms
                .commit();
    }

    static DataFile file(String mark) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("/nowhere/" + mark + ENDING)
                .withFileSizeInBytes(1000)
                .withRecordCount(1)
                .build();
    }

    /** What a reader of {@code main} finds, sorted; a mark twice if it was committed twice. */
    static List<String> onMain(GalleyCatalog catalog, TableName name) {
        return at(catalog.io(), Objects.requireNonNull(catalog.locations().get(name), name.toString()));
    }

    /** What a reader of {@code main} finds who took this location from the catalog. */
    static List<String> at(FileIO io, String location) {
        TableMetadata metadata = TableMetadataParser.read(io, location);
        Snapshot main = metadata.currentSnapshot();
        return main == null ? List.of() : in(io, metadata, main);
    }

    static List<String> in(FileIO io, TableMetadata metadata, Snapshot snapshot) {
        return snapshot.dataManifests(io).stream()
                .flatMap(manifest -> in(io, metadata, manifest).stream())
                .sorted()
                .toList();
    }

    static List<String> in(FileIO io, TableMetadata metadata, ManifestFile manifest) {
        List<String> marks = new ArrayList<>();
        try (CloseableIterable<DataFile> files = ManifestFiles.read(manifest, io, metadata.specsById())) {
            for (DataFile file : files) {
                String path = file.location();
                marks.add(path.substring(path.lastIndexOf('/') + 1, path.length() - ENDING.length()));
            }
            return marks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
