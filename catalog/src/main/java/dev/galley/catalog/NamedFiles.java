package dev.galley.catalog;

import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;

/**
 * Which files the tables of the whole database name, whoever made them, with all their branches and tags. Asked before a file
 * is deleted: two tables may name the same one. Nothing in the place of a table that cannot be read counts as unnamed.
 */
public final class NamedFiles {
    private final FileIO io;
    private final Collection<Known> tables = new ConcurrentLinkedQueue<>();
    private final Collection<Closed> closed = new ConcurrentLinkedQueue<>();
    private final List<UnreadableTableException> unknown = new ArrayList<>();

    private NamedFiles(FileIO io) {
        this.io = io;
    }

    private record Known(CatalogEntry entry, TableMetadata metadata) {}

    /** A place of which it is not known what in it is named. */
    private record Closed(CatalogEntry entry, TableFolder place, String reason) {}

    /**
     * Reads the metadata of every table.
     *
     * @param ignored tables that count as if they were not there, each as {@link CatalogEntry#toString} says it
     */
    public static NamedFiles read(GalleyCatalog catalog, Set<String> ignored) {
        NamedFiles named = new NamedFiles(catalog.io());
        List<CatalogEntry> entries = catalog.everything().stream()
                .filter(entry -> !ignored.contains(entry.toString()))
                .toList();
        GalleyCatalog.READING.each(entries, named::read);
        return named;
    }

    private void read(CatalogEntry entry) {
        Optional<TableFolder> place = entry.metadata().flatMap(TableFolder::ofMetadata);
        if (entry.view()) {
            place.ifPresent(at -> closed.add(new Closed(entry, at, "it is a view")));
            return;
        }
        try {
            tables.add(new Known(
                    entry,
                    TableMetadataParser.read(
                            io,
                            entry.metadata()
                                    .orElseThrow(() -> new IllegalStateException("its row names no metadata file")))));
        } catch (RuntimeException e) {
            close(entry, place, String.valueOf(e.getMessage()));
        }
    }

    private void close(CatalogEntry entry, Optional<TableFolder> place, String reason) {
        if (place.isPresent()) {
            closed.add(new Closed(entry, place.get(), reason));
        } else {
            synchronized (unknown) {
                unknown.add(new UnreadableTableException(entry, reason));
            }
        }
    }

    /**
     * This, if it can tell of some file that it is not named.
     *
     * @throws CatalogException if of some table not even the place is known
     */
    public NamedFiles requirePlaces() {
        synchronized (unknown) {
            if (!unknown.isEmpty()) {
                throw unknown.get(0);
            }
        }
        return this;
    }

    /** Whether the place at least of every table is known. */
    public boolean isComplete() {
        synchronized (unknown) {
            return unknown.isEmpty();
        }
    }

    /** What could not be read and why, a line each; nothing in these places is deleted. */
    public List<String> unread() {
        List<String> lines = new ArrayList<>();
        closed.stream()
                .filter(one -> !one.entry().view())
                .forEach(one -> lines.add(one.entry() + " cannot be read, so nothing is deleted in "
                        + one.place().path() + ": " + one.reason()));
        synchronized (unknown) {
            unknown.forEach(one -> lines.add(one.getMessage()));
        }
        return lines.stream().sorted().toList();
    }

    /** The other tables and views whose place is that of this table, lies in it or holds it. */
    public List<CatalogEntry> sharing(TableName table) {
        List<TableFolder> own = new ArrayList<>();
        tables.stream().filter(known -> is(known.entry(), table)).forEach(known -> own.addAll(places(known)));
        closed.stream().filter(one -> is(one.entry(), table)).forEach(one -> own.add(one.place()));
        Set<CatalogEntry> sharing = new HashSet<>();
        tables.stream()
                .filter(known ->
                        places(known).stream().anyMatch(place -> own.stream().anyMatch(place::overlaps)))
                .forEach(known -> sharing.add(known.entry()));
        closed.stream()
                .filter(one -> own.stream().anyMatch(one.place()::overlaps))
                .forEach(one -> sharing.add(one.entry()));
        sharing.removeIf(entry -> is(entry, table));
        return sharing.stream()
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
    }

    private static boolean is(CatalogEntry entry, TableName table) {
        return entry.table().filter(table::equals).isPresent();
    }

    private static List<TableFolder> places(Known known) {
        List<TableFolder> places =
                new ArrayList<>(List.of(TableFolder.of(known.metadata().location())));
        known.entry().metadata().flatMap(TableFolder::ofMetadata).ifPresent(places::add);
        return places;
    }

    /** Of these metadata files the ones that no table points to or has in its log. Told by their names, which are unique. */
    public Set<String> unnamedMetadata(Collection<String> files) {
        Set<String> names = new HashSet<>();
        for (Known known : tables) {
            known.entry().metadata().map(NamedFiles::name).ifPresent(names::add);
            known.metadata().previousFiles().forEach(entry -> names.add(name(entry.file())));
        }
        Set<String> left = left(files, Set.of());
        left.removeIf(file -> names.contains(name(file)));
        return left;
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** Of these files of any kind the ones that no snapshot of any table names. Reads the manifests of every table. */
    public Set<String> unnamed(Collection<String> files) {
        Set<String> asked = new HashSet<>();
        files.forEach(file -> asked.add(TableFolder.spelled(file)));
        Set<String> names = ConcurrentHashMap.newKeySet();
        GalleyCatalog.READING.each(tables, known -> {
            try {
                each(known.metadata(), file -> {
                    String name = TableFolder.spelled(file);
                    if (asked.contains(name)) {
                        names.add(name);
                    }
                });
            } catch (RuntimeException e) {
                places(known)
                        .forEach(place -> closed.add(new Closed(known.entry(), place, String.valueOf(e.getMessage()))));
            }
        });
        return left(files, names);
    }

    private Set<String> left(Collection<String> files, Set<String> names) {
        if (!isComplete()) {
            return new HashSet<>();
        }
        Set<String> left = new HashSet<>(files);
        left.removeIf(file -> names.contains(TableFolder.spelled(file))
                || closed.stream().anyMatch(one -> one.place().holds(file)));
        return left;
    }

    private void each(TableMetadata table, Consumer<String> files) {
        table.statisticsFiles().forEach(file -> files.accept(file.path()));
        table.partitionStatisticsFiles().forEach(file -> files.accept(file.path()));
        Set<String> read = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            if (snapshot.manifestListLocation() != null) {
                files.accept(snapshot.manifestListLocation());
            }
            for (ManifestFile manifest : snapshot.allManifests(io)) {
                if (read.add(manifest.path())) {
                    files.accept(manifest.path());
                    each(manifest, table, files);
                }
            }
        }
    }

    private void each(ManifestFile manifest, TableMetadata table, Consumer<String> files) {
        try {
            if (manifest.content() == ManifestContent.DATA) {
                try (CloseableIterable<String> paths = ManifestFiles.readPaths(manifest, io, table.specsById())) {
                    paths.forEach(files);
                }
            } else {
                try (ManifestReader<? extends ContentFile<?>> deletes =
                        ManifestFiles.readDeleteManifest(manifest, io, table.specsById())) {
                    deletes.forEach(file -> files.accept(file.location()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + manifest.path(), e);
        }
    }
}
