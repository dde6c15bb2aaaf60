package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.Status;
import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process of a run stops dead while it writes branches, before its audit, and before it stages its publication. Readers notice
 * nothing, and the next run publishes what an undisturbed one would: {@code -Drepeats=3}.
 */
@Tag("slow")
class CrashedRunMatrix {
    private static final int REPEATS = Integer.getInteger("repeats", 3);

    @TempDir
    Path folder;

    static Stream<Arguments> moments() {
        return IntStream.rangeClosed(1, REPEATS)
                .boxed()
                .flatMap(repeat -> Stream.of(
                        Arguments.of("the first branch is written", "  bronze.", repeat),
                        Arguments.of("some of silver is written", "  silver.sales ", repeat),
                        Arguments.of("all is written, nothing audited", "  gold.takings ", repeat),
                        Arguments.of("all is audited, nothing staged", "Audited", repeat)));
    }

    @ParameterizedTest(name = "{0} ({2})")
    @MethodSource("moments")
    void whatADeadRunLeavesTheNextOneDoes(String moment, String line, int repeat) throws Exception {
        try (LocalLakehouse house = new LocalLakehouse(folder, LocalLakehouse.resource("shop"))) {
            house.land("shops", "{\"shop\": \"a\", \"town\": \"Ulm\", \"version\": 1}");
            house.land("sales", sale("s1", "10.00"));
            house.run();
            Map<String, List<String>> before = house.everything();
            house.land("sales", sale("s1", "11.00").replace("\"version\": 1", "\"version\": 2"), sale("s2", "5.00"));

            assertThat(halted(line)).isEqualTo(HaltingRun.HALTED);

            assertThat(house.everything()).as("readers").isEqualTo(before);
            assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
            assertThat(house.rows("SELECT sale, amount FROM silver.sales ORDER BY sale"))
                    .containsExactly("[s1,11.00]", "[s2,5.00]");
            assertThat(house.rows("SELECT sale, count(*) FROM bronze.sales GROUP BY sale ORDER BY sale"))
                    .as("both versions of the first")
                    .containsExactly("[s1,2]", "[s2,1]");
            assertThat(house.rows("SELECT * FROM gold.takings")).containsExactly("[2026-03-01,Ulm,16.00]");
            assertThat(house.workspace().runs().list("shop", 9))
                    .extracting(RunRecord::status)
                    .containsExactly(Status.PUBLISHED, Status.FAILED, Status.PUBLISHED);
            for (TableName table : house.workspace().catalog().tables("shop")) {
                assertThat(house.workspace().catalog().load(table).refs().keySet())
                        .as(table.toString())
                        .noneMatch(ref -> ref.startsWith("audit_"));
            }
        }
    }

    /** The exit code of a run that stops at that line. */
    private int halted(String line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument ->
                        argument.startsWith("-X") || argument.startsWith("--add-opens") || argument.startsWith("-D"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Dgalley.root=" + System.getProperty("galley.root"),
                "-cp",
                System.getProperty("java.class.path"),
                HaltingRun.class.getName(),
                folder.toString(),
                line));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static String sale(String id, String amount) {
        return """
                {"sale": "%s", "shop": "a", "day": "2026-03-01", "amount": %s, "version": 1,
                 "items": [{"no": 1, "goods": "tea"}]}""".formatted(id, amount);
    }
}
