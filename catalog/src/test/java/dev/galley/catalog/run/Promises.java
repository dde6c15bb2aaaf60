package dev.galley.catalog.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.definition.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * What must hold after every change, whoever made it and whatever befell them: a run is on {@code main} of all its tables
 * once, or of none, as the ledger says; no acknowledged commit is lost and no refused one is there; history goes on from
 * what it was; nothing that a branch or a tag needs is gone.
 */
final class Promises {
    private final GalleyCatalog catalog;
    private final List<TableName> ofRuns;
    private final Map<TableName, TableMetadata> known = new HashMap<>();
    private final Map<TableName, List<String>> marks = new HashMap<>();
    private final Map<String, List<ManifestFile>> lists = new HashMap<>();
    private final Map<String, List<String>> inFiles = new HashMap<>();
    private final Set<String> tried = new HashSet<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    /**
     * @param catalog one that nothing befalls
     * @param ofRuns the tables that every run writes
     */
    Promises(GalleyCatalog catalog, List<TableName> ofRuns) {
        this.catalog = catalog;
        this.ofRuns = ofRuns;
    }

    /** Somebody is about to commit or to publish this; until more is heard, it may happen or not. */
    synchronized void tries(String mark) {
        tried.add(mark);
    }

    synchronized void wasTold(String mark, boolean done) {
        (done ? acknowledged : refused).add(mark);
    }

    synchronized int published() {
        return (int) acknowledged.stream().filter(Promises::isRun).count();
    }

    synchronized void hold() {
        List<String> published = ledger();
        catalog.locations().forEach(this::read);
        for (Map.Entry<TableName, List<String>> table : marks.entrySet()) {
            List<String> runs =
                    table.getValue().stream().filter(Promises::isRun).toList();
            if (ofRuns.contains(table.getKey())) {
                assertThat(runs).as("runs on main of %s", table.getKey()).isEqualTo(published);
            }
            List<String> others =
                    table.getValue().stream().filter(mark -> !isRun(mark)).toList();
            assertThat(others).as("commits to %s", table.getKey()).doesNotHaveDuplicates();
            assertThat(tried).containsAll(others);
        }
        List<String> all = new ArrayList<>(published);
        marks.values().forEach(all::addAll);
        assertThat(all).as("acknowledged").containsAll(acknowledged);
        assertThat(all.stream().filter(refused::contains)).as("refused").isEmpty();
    }

    private void read(TableName table, String location) {
        TableMetadata before = known.get(table);
        if (before != null && location.equals(before.metadataFileLocation())) {
            return;
        }
        TableMetadata now = TableMetadataParser.read(catalog.io(), location);
        Snapshot main = now.currentSnapshot();
        if (before != null && before.currentSnapshot() != null) {
            assertThat(main).as("main of %s", table).isNotNull();
            assertThat(SnapshotUtil.isAncestorOf(
                            main.snapshotId(), before.currentSnapshot().snapshotId(), now::snapshot))
                    .as("main of %s goes on from what it was", table)
                    .isTrue();
        }
        for (SnapshotRef ref : now.refs().values()) {
            marks(now, now.snapshot(ref.snapshotId())); // fails if a file is gone
        }
        known.put(table, now);
        marks.put(table, main == null ? List.of() : marks(now, main));
    }

    private List<String> marks(TableMetadata metadata, Snapshot snapshot) {
        FileIO io = catalog.io();
        String list = io.newInputFile(snapshot.manifestListLocation()).location();
        return lists.computeIfAbsent(list, l -> snapshot.dataManifests(io)).stream()
                .flatMap(manifest -> {
                    String path = io.newInputFile(manifest.path()).location();
                    return inFiles.computeIfAbsent(path, p -> Marks.in(io, metadata, manifest)).stream();
                })
                .sorted()
                .toList();
    }

    /** The tag of each published run names, on all tables that the run wrote, a state that holds it. */
    synchronized void areNamed() {
        for (String run : ledger()) {
            for (TableName table : ofRuns) {
                TableMetadata now = Objects.requireNonNull(known.get(table));
                SnapshotRef tag = now.ref(new RunId(run).tag());
                assertThat(tag).as("tag of %s on %s", run, table).isNotNull();
                assertThat(marks(now, now.snapshot(tag.snapshotId()))).contains(run);
            }
        }
    }

    private List<String> ledger() {
        return catalog.database().repeatable("read the ledger", Promises::published);
    }

    private static List<String> published(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT run_id FROM galley_publications ORDER BY run_id");
                ResultSet rows = select.executeQuery()) {
            List<String> runs = new ArrayList<>();
            while (rows.next()) {
                runs.add(rows.getString(1));
            }
            return runs;
        }
    }

    /** Runs begin with the year, all other marks with a letter. */
    static boolean isRun(String mark) {
        return Character.isDigit(mark.charAt(0));
    }
}
