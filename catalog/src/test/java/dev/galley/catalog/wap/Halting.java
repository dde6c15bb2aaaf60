package dev.galley.catalog.wap;

import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A process that forks, writes and publishes in a folder, and dies without a word when it comes to a step. */
final class Halting {
    private Halting() {}

    static int until(Path folder, RunId run, String step) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Halting.class.getName(),
                        folder.toString(),
                        run.text(),
                        step)
                .inheritIO()
                .start()
                .waitFor();
    }

    public static void main(String[] args) {
        Lakehouse lakehouse = new Lakehouse(Path.of(args[0]));
        RunId run = new RunId(args[1]);
        Crashpoint crashpoint = step -> {
            if (step.equals(args[2])) {
                Runtime.getRuntime().halt(77);
            }
        };
        try (FiveTables five = FiveTables.on(lakehouse, lakehouse.open(), Clock.systemUTC());
                Lease lease = five.leases().acquire("p", run)) {
            five.ledger().begin(run, "p", "run");
            crashpoint.reached("begun");
            List<Audited> audited = five.write(run);
            crashpoint.reached("written");
            five.publication(crashpoint).publish(PublishRequest.of(lease, audited, List.of(), "{}"));
        }
    }
}
