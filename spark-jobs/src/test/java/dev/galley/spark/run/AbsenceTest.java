package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.spark.plan.Planner.Refresh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/** What a table makes of keys that are gone, from landed batches to what readers see. */
class AbsenceTest {
    private static final String SOURCES = """
            sources:
              api:
                kind: rest
                base_url: http://127.0.0.1:1
                resources:
                  orders: {path: /orders}
                  coupons: {path: /coupons}
            """;
    private static final String ORDERS = """
            from: {source: api, resource: orders}
            columns:
              id: {type: string}
              op: {type: string}
              version: {type: bigint}
              day: {type: date}
              lines: {type: "array<struct<line_no: int, amount: decimal(9,2)>>"}
            """;
    private static final String LINES = """
            /*
            write: {mode: replace_groups, group: [order_id], version: version}
            incremental: {new_rows_of: silver.orders}
            */
            SELECT id AS order_id, version, line.* FROM silver.orders LATERAL VIEW explode(lines) AS line
            """;
    private static final String REVENUE = """
            /*
            write: {mode: replace}
            */
            SELECT sum(amount) AS revenue, count(*) AS lines FROM silver.lines
            """;

    @TempDir
    private Path folder;

    private @Nullable LocalLakehouse house;

    @AfterEach
    void close() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    void aNewerVersionWithoutLinesHasNoneWhateverTheTableOfTheParentsIs() {
        LocalLakehouse house = house(
                "bronze/orders.yml", ORDERS, "silver/orders.sql", orders("merge, key: [id], version: version"),
                "silver/lines.sql", LINES, "gold/revenue.sql", REVENUE,
                "silver/received.sql", LINES.replace("silver.orders", "bronze.orders"));
        house.land("orders", order("o1", 1, "10.00", "5.00"), order("o2", 1, "1.00"), order("o3", 1));
        run(house);
        assertThat(lines(house)).containsExactly("[o1,1,10.00]", "[o1,2,5.00]", "[o2,1,1.00]");

        house.land("orders", order("o1", 2));
        RunReport report = run(house);

        assertThat(lines(house)).containsExactly("[o2,1,1.00]");
        assertThat(received(house)).containsExactly("[o2,1,1.00]");
        assertThat(house.rows("SELECT * FROM gold.revenue")).containsExactly("[1.00,1]");
        assertThat(table(report, "silver.lines").deleted()).isEqualTo(1);
        assertThat(house.rows("SELECT * FROM deleted.silver_received ORDER BY order_id"))
                .containsExactly("[o1,2]", "[o3,1]");

        house.land("orders", order("o1", 1, "10.00", "5.00"), order("o3", 1, "3.00"));
        run(house);
        assertThat(received(house))
                .as("an older version does not come back, an equal one with lines does")
                .containsExactly("[o2,1,1.00]", "[o3,1,3.00]");

        house.land("orders", order("o1", 3, "7.00"));
        run(house);
        assertThat(lines(house)).containsExactly("[o1,1,7.00]", "[o2,1,1.00]");
        assertThat(received(house)).containsExactly("[o1,1,7.00]", "[o2,1,1.00]", "[o3,1,3.00]");
        assertThat(house.rows("SELECT * FROM deleted.silver_received")).isEmpty();

        house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED));
        assertThat(received(house)).containsExactly("[o1,1,7.00]", "[o2,1,1.00]", "[o3,1,3.00]");
    }

    @Test
    void aDeletionTakesTheKeyAndAllThatCameFromIt() {
        LocalLakehouse house = house(
                "bronze/orders.yml", ORDERS,
                "silver/orders.sql",
                        orders("merge, key: [id], version: version, immutable: [day], delete_when: \"op = 'delete'\"")
                                .replace("*/", "partition: [day]\n*/"),
                "silver/lines.sql", LINES, "gold/revenue.sql", REVENUE,
                "gold/days.sql", """
                        /*
                        write: {mode: replace_partitions}
                        incremental: {affected: {day: [silver.orders.day]}}
                        partition: [day]
                        */
                        SELECT day, count(*) AS orders FROM silver.orders GROUP BY day
                        """);
        house.land("orders", order("o1", 1, "10.00"), order("o2", 1, "1.00"), deletion("o9", 5));
        run(house);
        assertThat(house.rows("SELECT id FROM silver.orders ORDER BY id")).containsExactly("[o1]", "[o2]");

        house.land("orders", deletion("o1", 3), order("o9", 4, "9.00"));
        RunReport report = run(house);
        assertThat(house.rows("SELECT id FROM silver.orders")).containsExactly("[o2]");
        assertThat(lines(house)).containsExactly("[o2,1,1.00]");
        assertThat(house.rows("SELECT orders FROM gold.days")).containsExactly("[1]");
        assertThat(house.rows("SELECT id, version, day FROM deleted.silver_orders ORDER BY id"))
                .containsExactly("[o1,3,2026-03-01]", "[o9,5,null]");
        RunReport.TableReport orders = table(report, "silver.orders");
        assertThat(List.of(orders.delta(), orders.applied(), orders.deleted(), orders.superseded()))
                .containsExactly(2L, 0L, 1L, 1L);

        house.land("orders", order("o1", 2, "10.00"), deletion("o1", 3), order("o2", 1, "1.00"));
        run(house);
        assertThat(house.rows("SELECT id FROM silver.orders")).containsExactly("[o2]");

        house.land("orders", order("o1", 3, "11.00"), deletion("o2", 1));
        run(house);
        assertThat(house.rows("SELECT id, version FROM silver.orders ORDER BY id"))
                .as("of equal versions a row wins")
                .containsExactly("[o1,3]", "[o2,1]");
        assertThat(lines(house)).containsExactly("[o1,1,11.00]", "[o2,1,1.00]");
        List<String> before = house.rows("SELECT * FROM silver.orders ORDER BY id");
        house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED));
        assertThat(house.rows("SELECT * FROM silver.orders ORDER BY id")).isEqualTo(before);
        assertThat(house.rows("SELECT id FROM deleted.silver_orders")).containsExactly("[o9]");
    }

    private static String orders(String write) {
        return """
                /*
                write: {mode: %s}
                incremental: {new_rows_of: bronze.orders}
                */
                SELECT id, op, version, day, lines FROM bronze.orders
                """.formatted(write);
    }

    private static String order(String id, int version, String... amounts) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < amounts.length; i++) {
            lines.append(i > 0 ? "," : "").append("{\"line_no\":%d,\"amount\":%s}".formatted(i + 1, amounts[i]));
        }
        return "{\"id\":\"%s\",\"version\":%d,\"day\":\"2026-03-01\",\"lines\":[%s]}".formatted(id, version, lines);
    }

    private static String deletion(String id, int version) {
        return "{\"id\":\"%s\",\"version\":%d,\"op\":\"delete\"}".formatted(id, version);
    }

    private static List<String> lines(LocalLakehouse house) {
        return house.rows("SELECT order_id, line_no, amount FROM silver.lines ORDER BY 1, 2");
    }

    private static List<String> received(LocalLakehouse house) {
        return house.rows("SELECT order_id, line_no, amount FROM silver.received ORDER BY 1, 2");
    }

    private static RunReport run(LocalLakehouse house) {
        RunOutcome outcome = house.run();
        assertThat(outcome).isInstanceOf(RunOutcome.Published.class);
        return outcome.report().orElseThrow();
    }

    private static RunReport.TableReport table(RunReport report, String table) {
        return report.tables().stream()
                .filter(t -> t.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    /** A lakehouse whose pipeline has these files. */
    private LocalLakehouse house(String... files) {
        Path pipeline = folder.resolve("given/shop");
        write(pipeline.resolve("pipeline.yml"), "name: shop\nowner: test\n");
        write(pipeline.resolve("sources.yml"), SOURCES);
        for (int i = 0; i < files.length; i += 2) {
            write(pipeline.resolve(files[i]), files[i + 1]);
        }
        LocalLakehouse opened = new LocalLakehouse(folder.resolve("house"), pipeline);
        house = opened;
        return opened;
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
