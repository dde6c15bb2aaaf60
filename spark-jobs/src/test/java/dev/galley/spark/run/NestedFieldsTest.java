package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.yaml.DefinitionException;
import dev.galley.spark.plan.Planner.Refresh;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields of structs move, come and go, at every depth; each value stays under its own name. */
class NestedFieldsTest {
    private static final RunOptions FULL = new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED);
    private static final RunOptions FORWARD = new RunOptions(Refresh.FORWARD_ONLY, RunOptions.Publish.AS_DECLARED);

    private static final String VALUES = """
            SELECT id, v, ship, lines, map(id, ship) AS places, map(named_struct('n', v), lines) AS by_version
            FROM bronze.orders""";
    private static final Map<String, String> FILES = Map.of(
            "pipeline.yml",
            "name: nest\nowner: tests\n",
            "sources.yml",
            """
            sources:
              till: {kind: rest, base_url: "http://localhost:1", resources: {orders: {path: /orders}}}
            """,
            "bronze/orders.yml",
            """
            from: {source: till, resource: orders}
            columns:
              id: {type: string, required: true}
              v: {type: int, required: true}
              ship: {type: "struct<city: string, country: string, at: struct<lat: int, lon: int>>"}
              lines: {type: "array<struct<cost: int, price: int, parts: array<struct<a: int, b: int>>>>"}
            """,
            "silver/appended.sql",
            "/*\nwrite: {mode: append}\nincremental: {new_rows_of: bronze.orders}\n*/\n" + VALUES,
            "silver/merged.sql",
            """
            /*
            write: {mode: merge, key: [id], version: v}
            incremental: {new_rows_of: bronze.orders}
            checks:
              - expression: {name: country, rule: "ship.country <> 'XX'", on_fail: quarantine}
            */
            """ + VALUES,
            "silver/groups.sql",
            """
            /*
            write: {mode: replace_groups, group: [id], version: v}
            incremental: {new_rows_of: bronze.orders}
            checks:
              - expression: {name: country, rule: "ship.country <> 'XX'", on_fail: quarantine}
            */
            """ + VALUES,
            "silver/whole.sql",
            "/*\nwrite: {mode: replace}\n*/\n" + VALUES);

    private static final String SHOWN = """
            SELECT id, ship.city, ship.country, ship.at.lat, ship.at.lon, lines[0].cost, lines[0].price,
                lines[0].parts[0].a, lines[0].parts[0].b""";
    private static final String IN_MAPS = """
            , places[id].country, places[id].at.lat, by_version[named_struct('n', v)][0].cost,
                by_version[named_struct('n', v)][0].parts[0].b""";
    private static final List<String> MODELS = List.of("appended", "merged", "groups", "whole");

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder.resolve("house"), LocalLakehouse.written(folder.resolve("nest"), FILES));
        house.land("orders", order("o1", "NO"), order("x1", "XX"));
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
    }

    @Test
    void eachValueStaysUnderItsOwnName() {
        everyTableHolds("[o1,Oslo,NO,1,2,3,4,5,6");

        // Moved at every depth, by the contract and by the models; one field is new in the middle of each struct.
        house.edit(
                        "bronze/orders.yml",
                        "<city: string, country: string, at: struct<lat: int, lon: int>>",
                        "<at: struct<lon: int, height: int, lat: int>, country: string, zip: string, city: string>")
                .edit(
                        "bronze/orders.yml",
                        "<cost: int, price: int, parts: array<struct<a: int, b: int>>>",
                        "<parts: array<struct<b: int, c: int, a: int>>, price: int, tax: int, cost: int>");
        house.land("orders", order("o2", "SE"));
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        everyTableHolds("[o1,Oslo,NO,1,2,3,4,5,6", "[o2,Oslo,SE,1,2,3,4,5,6");
        assertThat(house.rows("SELECT DISTINCT ship.zip, ship.at.height, lines[0].tax, lines[0].parts[0].c FROM"
                        + " silver.merged"))
                .containsExactlyInAnyOrder("[null,null,null,null]", "[0150,9,8,7]");

        String moved = VALUES.replace("ship, lines,", """
                named_struct('country', ship.country, 'at', named_struct('lat', ship.at.lat, 'LON', ship.at.lon,
                        'height', ship.at.height), 'zip', ship.zip, 'City', ship.city) AS ship,
                    transform(lines, l -> named_struct('tax', l.tax, 'price', l.price, 'cost', l.cost, 'parts',
                        transform(l.parts, p -> named_struct('c', p.c, 'b', p.b, 'a', p.a)))) AS lines,""");
        MODELS.forEach(model -> house.edit("silver/" + model + ".sql", VALUES, moved));
        house.land("orders", order("o3", "DK"));
        assertThat(house.run(FORWARD)).isInstanceOf(RunOutcome.Published.class);
        everyTableHolds("[o1,Oslo,NO,1,2,3,4,5,6", "[o2,Oslo,SE,1,2,3,4,5,6", "[o3,Oslo,DK,1,2,3,4,5,6");

        // What waits since the first night comes back under the names it left with.
        List.of("merged", "groups").forEach(m -> house.edit("silver/" + m + ".sql", "<> 'XX'", "<> 'YY'"));
        house.land("orders", order("o4", "FI"));
        assertThat(house.run(FORWARD)).isInstanceOf(RunOutcome.Published.class);
        for (String model : List.of("merged", "groups")) {
            assertThat(house.rows(SHOWN + IN_MAPS + " FROM silver." + model + " WHERE id = 'x1'"))
                    .as(model)
                    .containsExactly("[x1,Oslo,XX,1,2,3,4,5,6,XX,1,3,6]");
        }
        List<String> before = house.rows(SHOWN + IN_MAPS + " FROM silver.merged ORDER BY id");

        assertThat(house.run(FULL)).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows(SHOWN + IN_MAPS + " FROM silver.merged ORDER BY id"))
                .isEqualTo(before)
                .hasSize(5);
        everyTableHolds("[o2,Oslo,SE,1,2,3,4,5,6", "[o4,Oslo,FI,1,2,3,4,5,6");
    }

    @Test
    void aNestedFieldThatWouldGoIsRefusedByName() {
        house.edit("bronze/orders.yml", ", at: struct<lat: int, lon: int>", ", at: struct<lon: int>");
        house.land("orders", order("o2", "SE"));

        assertThatThrownBy(house::run)
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("Cannot change the columns of bronze.orders: column ship.at.lat would go");
    }

    private void everyTableHolds(String... orders) {
        assertThat(house.rows(SHOWN + " FROM bronze.orders ORDER BY id").stream()
                        .map(row -> row.replaceAll("]$", "")))
                .as("bronze")
                .contains(orders);
        for (String model : MODELS) {
            List<String> rows = house.rows(SHOWN + IN_MAPS + " FROM silver." + model + " ORDER BY id");
            for (String order : orders) {
                String country = order.split(",", -1)[2];
                assertThat(rows).as(model).contains(order + "," + country + ",1,3,6]");
            }
        }
    }

    private static String order(String id, String country) {
        return """
                {"id": "%s", "v": 1, "ship": {"city": "Oslo", "country": "%s", "zip": "0150",\
                 "at": {"lat": 1, "lon": 2, "height": 9}},\
                 "lines": [{"cost": 3, "price": 4, "tax": 8, "parts": [{"a": 5, "b": 6, "c": 7}]}]}""".formatted(id, country);
    }
}
