package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
            Runs runs = Runs.open(catalog, clock, pipeline -> Optional.empty());
            for (int done = 0; done < Integer.parseInt(args[3]); ) {
                List<TableName> tables = new ArrayList<>(TABLES);
                Collections.shuffle(tables, random);
                tables = tables.subList(0, OF_A_RUN);
                try (OpenRun run = runs.open(args[2], RunRecord.Kind.RUN)) {
                    write(catalog, run, tables);
                    run.publish(FiveTables.nothing(run));
                    System.out.println(mark(run.id(), tables));
                    done++;
                } catch (LeaseHeldException e) {
                    Thread.sleep(random.nextInt(50));
                } catch (CatalogException | CommitFailedException e) {
                    // somebody was first
                }
            }
        }
    }

    private static void write(GalleyCatalog catalog, OpenRun run, List<TableName> tables) {
        for (TableName table : tables) {
            run.fork(table);
            Marks.append(catalog, table, run.id().branch(), mark(run.id(), tables));
        }
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
