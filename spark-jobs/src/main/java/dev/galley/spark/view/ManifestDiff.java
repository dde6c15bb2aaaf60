package dev.galley.spark.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * The files that differ between two snapshots, told by the manifests that only one of the two has. Manifests of both are opened
 * only where a file in them has other deletes than before, and of these only those that may hold a file of its partition.
 */
final class ManifestDiff {
    private final Table table;
    private final Side from;
    private final Side to;
    private final List<ManifestFile> sharedData;
    private final List<ManifestFile> sharedDeletes;

    private ManifestDiff(Table table, Snapshot from, Snapshot to) {
        this.table = table;
        List<ManifestFile> dataFrom = from.dataManifests(table.io());
        List<ManifestFile> dataTo = to.dataManifests(table.io());
        List<ManifestFile> deletesFrom = from.deleteManifests(table.io());
        List<ManifestFile> deletesTo = to.deleteManifests(table.io());
        this.from = new Side(without(dataFrom, dataTo), without(deletesFrom, deletesTo));
        this.to = new Side(without(dataTo, dataFrom), without(deletesTo, deletesFrom));
        this.sharedData = without(dataTo, this.to.data());
        this.sharedDeletes = without(deletesTo, this.to.deletes());
    }

    /** Files with the deletes that apply to them, which only one of the two snapshots has so. */
    record Files(List<FileScanTask> added, List<FileScanTask> removed) {}

    /** What one snapshot has and the other has not: manifests, and what was found of their files, by place. */
    private record Side(
            List<ManifestFile> data,
            List<ManifestFile> deletes,
            Map<String, DataFile> files,
            Map<String, Map<String, DeleteFile>> deletesOf) {
        Side(List<ManifestFile> data, List<ManifestFile> deletes) {
            this(data, deletes, new HashMap<>(), new HashMap<>());
        }

        void add(DeleteFile delete, String file) {
            deletesOf.computeIfAbsent(file, f -> new LinkedHashMap<>()).put(key(delete), delete);
        }

        /** The deletes that apply to a file. */
        Map<String, DeleteFile> deletes(DataFile file) {
            Map<String, DeleteFile> all = deletesOf.getOrDefault(file.location(), Map.of());
            return all.entrySet().stream()
                    .filter(delete -> sequence(delete.getValue()) >= sequence(file))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }

    /** Empty if there are deletes that do not say to which file they apply: then all of both must be read. */
    static Optional<Files> between(Table table, Snapshot from, Snapshot to) {
        return new ManifestDiff(table, from, to).files();
    }

    private Optional<Files> files() {
        for (Side side : List.of(from, to)) {
            read(side.data(), this::data, file -> side.files().put(file.location(), file.copyWithoutStats()));
            if (!readDeletes(side.deletes(), List.of(side), file -> true)) {
                return Optional.empty();
            }
        }
        Set<String> places =
                new HashSet<>(symmetric(from.files().keySet(), to.files().keySet()));
        Map<String, DeleteFile> touched = touched();
        places.addAll(touched.keySet());
        find(touched);
        List<DataFile> needed = new ArrayList<>();
        for (Side side : List.of(from, to)) {
            places.stream().map(side.files()::get).filter(file -> file != null).forEach(needed::add);
        }
        if (!needed.isEmpty()) {
            long oldest =
                    needed.stream().mapToLong(ManifestDiff::sequence).min().orElseThrow();
            PartitionsOf partitions = new PartitionsOf(table, needed);
            List<ManifestFile> perhaps = sharedDeletes.stream()
                    .filter(manifest -> manifest.sequenceNumber() >= oldest && partitions.mayApply(manifest))
                    .toList();
            if (!readDeletes(perhaps, List.of(from, to), places::contains)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Files(tasks(places, to, from), tasks(places, from, to)));
    }

    /** The files whose deletes are not those of before, each with one that only one side has. */
    private Map<String, DeleteFile> touched() {
        Map<String, DeleteFile> touched = new HashMap<>();
        Set<String> files = new HashSet<>(from.deletesOf().keySet());
        files.addAll(to.deletesOf().keySet());
        for (String file : files) {
            Map<String, DeleteFile> before = from.deletesOf().getOrDefault(file, Map.of());
            Map<String, DeleteFile> after = to.deletesOf().getOrDefault(file, Map.of());
            symmetric(before.keySet(), after.keySet()).stream()
                    .findFirst()
                    .map(key -> after.getOrDefault(key, before.get(key)))
                    .ifPresent(delete -> touched.put(file, delete));
        }
        return touched;
    }

    /** Looks for files that both sides have, among the manifests that may hold them. */
    private void find(Map<String, DeleteFile> touched) {
        Map<String, DeleteFile> missing = new HashMap<>(touched);
        missing.keySet().removeAll(from.files().keySet());
        missing.keySet().removeAll(to.files().keySet());
        if (missing.isEmpty()) {
            return;
        }
        PartitionsOf partitions = new PartitionsOf(table, missing.values());
        List<ManifestFile> perhaps =
                sharedData.stream().filter(partitions::mayHold).toList();
        read(perhaps, this::data, file -> {
            if (missing.containsKey(file.location())) {
                DataFile found = file.copyWithoutStats();
                from.files().put(found.location(), found);
                to.files().put(found.location(), found);
            }
        });
    }

    private List<FileScanTask> tasks(Set<String> places, Side side, Side other) {
        List<FileScanTask> tasks = new ArrayList<>();
        String schema = SchemaParser.toJson(table.schema());
        Map<Integer, String> specs = new HashMap<>();
        for (String place : places) {
            DataFile file = side.files().get(place);
            if (file == null) {
                continue;
            }
            Map<String, DeleteFile> deletes = side.deletes(file);
            DataFile there = other.files().get(place);
            if (there == null || !other.deletes(there).keySet().equals(deletes.keySet())) {
                tasks.add(new BaseFileScanTask(
                        file,
                        deletes.values().toArray(DeleteFile[]::new),
                        schema,
                        specs.computeIfAbsent(
                                file.specId(),
                                id -> PartitionSpecParser.toJson(table.specs().get(id))),
                        ResidualEvaluator.unpartitioned(Expressions.alwaysTrue())));
            }
        }
        return tasks;
    }

    /** False if one does not say to which file it applies. */
    private boolean readDeletes(List<ManifestFile> manifests, List<Side> sides, Predicate<String> wanted) {
        boolean[] all = {true};
        read(manifests, this::deletes, delete -> {
            String file = ContentFileUtil.referencedDataFileLocation(delete);
            if (file == null) {
                all[0] = false;
            } else if (wanted.test(file)) {
                DeleteFile kept = delete.copy();
                sides.forEach(side -> side.add(kept, file));
            }
        });
        return all[0];
    }

    private ManifestReader<DataFile> data(ManifestFile manifest) {
        return ManifestFiles.read(manifest, table.io(), table.specs());
    }

    private ManifestReader<DeleteFile> deletes(ManifestFile manifest) {
        return ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs());
    }

    private static <F extends ContentFile<F>> void read(
            Collection<ManifestFile> manifests, Function<ManifestFile, ManifestReader<F>> reader, Consumer<F> files) {
        for (ManifestFile manifest : manifests) {
            try (ManifestReader<F> entries = reader.apply(manifest)) {
                entries.forEach(files);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + manifest.path(), e);
            }
        }
    }

    private static List<ManifestFile> without(List<ManifestFile> manifests, List<ManifestFile> others) {
        Set<String> paths = others.stream().map(ManifestFile::path).collect(Collectors.toSet());
        return manifests.stream()
                .filter(manifest -> !paths.contains(manifest.path()))
                .toList();
    }

    private static Set<String> symmetric(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        both.removeIf(value -> one.contains(value) && other.contains(value));
        return both;
    }

    /** Several deletion vectors of format v3 share one file. */
    private static String key(DeleteFile delete) {
        return delete.location() + "@" + delete.contentOffset();
    }

    private static long sequence(ContentFile<?> file) {
        Long sequence = file.dataSequenceNumber();
        return sequence == null ? 0 : sequence;
    }
}
