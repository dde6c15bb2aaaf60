package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.run.RunReport;
import dev.galley.spark.action.RollBack;
import dev.galley.spark.plan.Planner.Refresh;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table makes of keys that are gone, from landed batches to what readers see. */
class AbsenceTest {
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
                "bronze/orders.yml",
                ORDERS,
                "silver/orders.sql",
                orders("merge, key: [id], version: version"),
                "silver/lines.sql",
                LINES,
                "gold/revenue.sql",
                REVENUE,
                "silver/received.sql",
                LINES.replace("silver.orders", "bronze.orders"));
        house.land("orders", order("o1", 1, "10.00", "5.00"), order("o2", 1, "1.00"), order("o3", 1));
        Shop.published(house);
        assertThat(lines(house)).containsExactly("[o1,1,10.00]", "[o1,2,5.00]", "[o2,1,1.00]");

        house.land("orders", order("o1", 2));
        RunReport report = Shop.published(house);

        assertThat(lines(house)).containsExactly("[o2,1,1.00]");
        assertThat(received(house)).containsExactly("[o2,1,1.00]");
        assertThat(house.rows("SELECT * FROM gold.revenue")).containsExactly("[1.00,1]");
        assertThat(Shop.table(report, "silver.lines").deleted()).isEqualTo(1);
        assertThat(house.rows("SELECT * FROM deleted.silver_received ORDER BY order_id"))
                .containsExactly("[o1,2]", "[o3,1]");

        house.land("orders", order("o1", 1, "10.00", "5.00"), order("o3", 1, "3.00"));
        Shop.published(house);
        assertThat(received(house))
                .as("an older version does not come back, an equal one with lines does")
                .containsExactly("[o2,1,1.00]", "[o3,1,3.00]");

        house.land("orders", order("o1", 3, "7.00"));
        Shop.published(house);
        assertThat(lines(house)).containsExactly("[o1,1,7.00]", "[o2,1,1.00]");
        assertThat(received(house)).containsExactly("[o1,1,7.00]", "[o2,1,1.00]", "[o3,1,3.00]");
        assertThat(house.rows("SELECT * FROM deleted.silver_received")).isEmpty();

        house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED));
        assertThat(received(house)).containsExactly("[o1,1,7.00]", "[o2,1,1.00]", "[o3,1,3.00]");
    }

    @Test
    void aDeletionTakesTheKeyAndAllThatCameFromIt() {
        LocalLakehouse house = house(
                "bronze/orders.yml",
                ORDERS,
                "silver/orders.sql",
                orders("merge, key: [id], version: version, immutable: [day], delete_when: \"op = 'delete'\"")
                        .replace("*/", "partition: [day]\n*/"),
                "silver/lines.sql",
                LINES,
                "gold/revenue.sql",
                REVENUE,
                "gold/days.sql",
                """
                /*
                write: {mode: replace_partitions}
                incremental: {affected: {day: [silver.orders.day]}}
                partition: [day]
                */
                SELECT day, count(*) AS orders FROM silver.orders GROUP BY day
                """);
        house.land("orders", order("o1", 1, "10.00"), order("o2", 1, "1.00"), deletion("o9", 5));
        Shop.published(house);
        assertThat(house.rows("SELECT id FROM silver.orders ORDER BY id")).containsExactly("[o1]", "[o2]");

        house.land("orders", deletion("o1", 3), order("o9", 4, "9.00"));
        RunReport report = Shop.published(house);
        assertThat(house.rows("SELECT id FROM silver.orders")).containsExactly("[o2]");
        assertThat(lines(house)).containsExactly("[o2,1,1.00]");
        assertThat(house.rows("SELECT orders FROM gold.days")).containsExactly("[1]");
        assertThat(house.rows("SELECT id, version, day FROM deleted.silver_orders ORDER BY id"))
                .containsExactly("[o1,3,2026-03-01]", "[o9,5,null]");
        RunReport.TableReport orders = Shop.table(report, "silver.orders");
        assertThat(List.of(orders.delta(), orders.applied(), orders.deleted(), orders.superseded()))
                .containsExactly(2L, 0L, 1L, 1L);

        house.land("orders", order("o1", 2, "10.00"), deletion("o1", 3), order("o2", 1, "1.00"));
        Shop.published(house);
        assertThat(house.rows("SELECT id FROM silver.orders")).containsExactly("[o2]");

        house.land("orders", order("o1", 3, "11.00"), deletion("o2", 1));
        Shop.published(house);
        assertThat(house.rows("SELECT id, version FROM silver.orders ORDER BY id"))
                .as("of equal versions a row wins")
                .containsExactly("[o1,3]", "[o2,1]");
        assertThat(lines(house)).containsExactly("[o1,1,11.00]", "[o2,1,1.00]");

        house.land("orders", deletion("o2", 9));
        Shop.published(house);
        house.land("orders", order("o2", 10, "2.00").replace("2026-03", "2026-04"));
        Shop.published(house);
        house.land("orders", order("o2", 11, "3.00").replace("2026-03", "2026-04"), order("o3", 1, "1.00"));
        Shop.published(house);
        assertThat(house.rows("SELECT id, version, month(day) FROM silver.orders ORDER BY id"))
                .as("what is not there may come back elsewhere")
                .containsExactly("[o1,3,3]", "[o2,11,4]", "[o3,1,3]");

        List<String> before = house.rows("SELECT * FROM silver.orders ORDER BY id");
        house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED));
        assertThat(house.rows("SELECT * FROM silver.orders ORDER BY id")).isEqualTo(before);
        assertThat(house.rows("SELECT id FROM deleted.silver_orders")).containsExactly("[o9]");
    }

    @Test
    void aKeyThatIsGoneMayComeBackElsewhereAndIsKnownEverywhere() {
        String model = """
                /*
                write: {%s, version: version, immutable: [day], delete_when: "op = 'delete'"%s}
                incremental: {new_rows_of: bronze.orders}
                partition: [day]
                checks:
                  - unique: [id]
                */
                SELECT id, version, op, day FROM bronze.orders
                """;
        LocalLakehouse house = house(
                "bronze/orders.yml",
                ORDERS,
                "silver/rows.sql",
                model.formatted("mode: merge, key: [id]", ""),
                "silver/marked.sql",
                model.formatted("mode: merge, key: [id]", ", deletes: soft"),
                "silver/groups.sql",
                model.formatted("mode: replace_groups, group: [id]", ""),
                "silver/marked_groups.sql",
                model.formatted("mode: replace_groups, group: [id]", ", deletes: soft"));
        String deletion = order("o1", 20).replace("{", "{\"op\": \"delete\", ");
        house.land("orders", order("o1", 10), order("o2", 10));
        Shop.published(house);
        house.land("orders", deletion);
        Shop.published(house);

        house.land("orders", order("o1", 30).replace("2026-03", "2026-04"));
        Shop.published(house);
        inEach(house, "[o1,30,4]", "[o2,10,3]");

        house.land("orders", deletion.replace(":20,", ":40,").replace("2026-03", "2026-04"));
        Shop.published(house);
        house.land("orders", order("o1", 15));
        Shop.published(house);
        assertThat(house.rows("SELECT id FROM silver.rows")).containsExactly("[o2]");
        assertThat(house.rows("SELECT id FROM silver.groups")).containsExactly("[o2]");
        for (String table : List.of("marked", "marked_groups")) {
            assertThat(house.rows("SELECT id, version, _is_deleted FROM silver." + table + " ORDER BY id"))
                    .as(table)
                    .containsExactly("[o1,40,true]", "[o2,10,false]");
        }
    }

    private static void inEach(LocalLakehouse house, String... orders) {
        for (String table : List.of("rows", "marked", "groups", "marked_groups")) {
            assertThat(house.rows("SELECT id, version, month(day) FROM silver." + table + " ORDER BY id"))
                    .as(table)
                    .containsExactly(orders);
        }
    }

    @Test
    void partnersInTheSameDeltaCountAndWhatWaitsIsLookedAtAgain() {
        LocalLakehouse house = house(
                "bronze/orders.yml", """
                from: {source: api, resource: orders}
                columns:
                  id: {type: bigint}
                  version: {type: string}
                  boss: {type: bigint}
                """,
                "silver/staff.sql", """
                /*
                write: {mode: merge, key: [id], version: {column: version, as: bigint}}
                incremental: {new_rows_of: bronze.orders}
                checks:
                  - relationships: {column: boss, to: silver.staff.id, on_fail: quarantine}
                quarantine: {from_rows: 1, block: "50 %"}
                */
                SELECT id, version, boss FROM bronze.orders
                """);
        house.land(
                "orders",
                staff(1, "9", null),
                staff(2, "9", 1),
                staff(3, "9", 2),
                staff(4, "1", 99),
                staff(5, "1", 4),
                staff(6, "1", 7),
                staff(7, "1", 6),
                staff(8, "x", null));
        Shop.published(house);
        assertThat(house.rows("SELECT id, version FROM silver.staff ORDER BY id"))
                .containsExactly("[1,9]", "[2,9]", "[3,9]", "[6,1]", "[7,1]");
        assertThat(house.rows("SELECT table_key, reasons[0].check, reasons[0].detail FROM quarantine.silver_staff"
                        + " ORDER BY table_key"))
                .containsExactly(
                        "[4,relationships(boss),boss = 99 is not in silver.staff.id]",
                        "[5,relationships(boss),boss = 4 is not in silver.staff.id]",
                        "[8,version,version = x is no bigint]");
        assertThat(house.run()).isInstanceOf(RunOutcome.NothingNew.class);

        house.land("orders", staff(99, "1", 1), staff(1, "10", null), staff(2, "08", null));
        Shop.published(house);
        assertThat(house.rows("SELECT id, version FROM silver.staff ORDER BY id"))
                .as("10 is more than 9, and 08 less")
                .containsExactly("[1,10]", "[2,9]", "[3,9]", "[4,1]", "[5,1]", "[6,1]", "[7,1]", "[99,1]");
    }

    @Test
    void aDeletionIsJudgedAndMarkedAsDeclaredAndGoesBackWithTheTable() {
        String deletes = "delete_when: \"op = 'delete'\"";
        LocalLakehouse house = house(
                "bronze/orders.yml",
                ORDERS,
                "silver/soft.sql",
                orders("merge, key: [id], version: version, deletes: soft, " + deletes)
                        .replace("*/", "checks:\n  - expression: {rule: version < 100, on_fail: quarantine}\n*/"),
                "silver/alive.sql",
                """
                /*
                write: {mode: merge, key: [id], version: version}
                incremental: {new_rows_of: silver.soft}
                */
                SELECT id, version FROM silver.soft WHERE NOT _is_deleted
                """,
                "silver/grouped.sql",
                """
                /*
                write: {mode: replace_groups, group: [id], version: version, delete_when: "op = 'delete'"}
                incremental: {new_rows_of: bronze.orders}
                */
                SELECT id, version, op, line.* FROM bronze.orders LATERAL VIEW OUTER explode(lines) AS line
                """);
        house.land("orders", order("o1", 1, "10.00", "5.00"), order("o2", 1, "1.00"));
        RunReport first = Shop.published(house);
        Map<String, List<String>> then = house.everything();

        house.land("orders", deletion("o1", 100), deletion("o2", 2), deletion("o8", 7));
        Shop.published(house);
        assertThat(marked(house)).containsExactly("[o1,1,false]", "[o2,2,true]", "[o8,7,true]");
        assertThat(house.rows("SELECT id FROM silver.alive")).containsExactly("[o1]");
        assertThat(house.rows("SELECT table_key FROM quarantine.silver_soft WHERE released_run IS NULL"))
                .as("a refused deletion waits")
                .containsExactly("[o1]");
        assertThat(house.rows("SELECT id FROM silver.grouped")).isEmpty();
        assertThat(house.rows("SELECT id, version FROM deleted.silver_grouped ORDER BY id"))
                .containsExactly("[o1,100]", "[o2,2]", "[o8,7]");

        house.edit("silver/soft.sql", "version < 100", "version < 101");
        house.land("orders", order("o8", 6, "8.00"), order("o2", 2, "2.00"));
        Shop.published(house);
        assertThat(marked(house)).containsExactly("[o1,100,true]", "[o2,2,false]", "[o8,7,true]");
        assertThat(house.rows("SELECT id FROM silver.alive")).containsExactly("[o2]");
        assertThat(house.rows("SELECT id, amount FROM silver.grouped")).containsExactly("[o2,2.00]");
        Map<String, List<String>> now = house.everything();
        house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED));
        for (String table : List.of("silver.soft", "silver.alive", "silver.grouped", "deleted.silver_grouped")) {
            assertThat(house.everything()).containsEntry(table, now.get(table));
        }

        RollBack.toRun(house.workspace(), "shop", first.run()).execute();
        assertThat(house.everything()).containsAllEntriesOf(then);
        assertThat(house.rows("SELECT * FROM deleted.silver_grouped")).isEmpty();
        Shop.published(house);
        assertThat(house.rows("SELECT id, version FROM deleted.silver_grouped ORDER BY id"))
                .containsExactly("[o1,100]", "[o8,7]");
        assertThat(house.rows("SELECT id, amount FROM silver.grouped")).containsExactly("[o2,2.00]");
    }

    private static List<String> marked(LocalLakehouse house) {
        return house.rows("SELECT id, version, _is_deleted FROM silver.soft ORDER BY id");
    }

    private static String staff(int id, String version, @Nullable Integer boss) {
        return "{\"id\":%d,\"version\":\"%s\",\"boss\":%s}".formatted(id, version, boss);
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

    private LocalLakehouse house(String... files) {
        LocalLakehouse opened = Shop.open(folder, files);
        house = opened;
        return opened;
    }
}
