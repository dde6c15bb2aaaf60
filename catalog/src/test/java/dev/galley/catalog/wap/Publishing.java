package dev.galley.catalog.wap;

import dev.galley.catalog.CatalogException;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.LeaseHeldException;
import dev.galley.catalog.ledger.Leases;
import dev.galley.catalog.ledger.Ledger;
import dev.galley.catalog.ledger.RunId;
import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.iceberg.exceptions.CommitFailedException;

/** A process that publishes until so many runs of its were acknowledged; it prints the mark of each. */
final class Publishing {
    static final List<TableName> TABLES = IntStream.range(0, 20)
            .mapToObj(i -> new TableName("silver", "t" + (char) ('a' + i)))
            .toList();

    private static final int OF_A_RUN = 3;

    private Publishing() {}

    static ProcessBuilder process(Jvm jvm, Lakehouse lakehouse, String pipeline, int publishes) {
        return jvm.start(
                Publishing.class,
                List.of(lakehouse.folder().toString(), lakehouse.uri(), pipeline, String.valueOf(publishes)));
    }

    public static void main(String[] args) throws InterruptedException {
        Random random = new Random();
        Clock clock = Clock.systemUTC();
        try (GalleyCatalog catalog = new Lakehouse(Path.of(args[0]), args[1]).open()) {
            Ledger ledger = Ledger.open(catalog.database(), clock);
            Leases leases = new Leases(catalog.database(), clock);
            Recovery recovery = new Recovery(catalog, ledger, leases);
            for (int done = 0; done < Integer.parseInt(args[3]); ) {
                RunId run = RunId.next(clock, random);
                List<TableName> tables = new ArrayList<>(TABLES);
                Collections.shuffle(tables, random);
                tables = tables.subList(0, OF_A_RUN);
                try (Lease lease = leases.acquire(args[2], run)) {
                    ledger.begin(run, args[2], "run");
                    try {
                        List<Audited> audited = write(catalog, run, tables);
                        new Publication(catalog, ledger, clock, 2)
                                .publish(PublishRequest.of(lease, audited, List.of(), "{}"));
                        System.out.println(mark(run, tables));
                        done++;
                    } catch (CatalogException | CommitFailedException e) {
                        recovery.fail(run, 4, "{}"); // somebody was first
                    }
                } catch (LeaseHeldException e) {
                    Thread.sleep(random.nextInt(50));
                }
            }
        }
    }

    private static List<Audited> write(GalleyCatalog catalog, RunId run, List<TableName> tables) {
        AuditBranch branch = new AuditBranch(catalog, run);
        List<Audited> audited = new ArrayList<>();
        for (TableName table : tables) {
            Fork fork = branch.fork(table);
            Marks.append(catalog, table, branch.name(), mark(run, tables));
            audited.add(branch.audited(fork));
        }
        return audited;
    }

    /** Names the run and all its tables, so that who sees one of them knows where else to look. */
    private static String mark(RunId run, List<TableName> tables) {
        return run + "_"
                + String.join("_", tables.stream().map(TableName::name).sorted().toList());
    }

    static List<TableName> tables(String mark) {
        return List.of(mark.split("_", -1)).stream()
                .skip(1)
                .map(name -> new TableName("silver", name))
                .toList();
    }
}
