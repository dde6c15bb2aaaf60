package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunReport;
import dev.galley.definition.table.TableName;
import dev.galley.spark.action.QuarantineRows;
import dev.galley.spark.action.QuarantineRows.Which;
import dev.galley.spark.cli.RunLines;
import dev.galley.spark.write.WriteException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told of refused rows and failed checks, and what they are not told. */
class RefusedRowsTest {
    private static final String CANARY = "canary";

    private static final Map<String, String> PEOPLE = Map.of(
            "pipeline.yml",
            "name: people\nowner: tests\n",
            "sources.yml",
            """
            sources:
              api:
                kind: rest
                base_url: http://127.0.0.1:1
                resources: {people: {path: /people}}
            """,
            "bronze/people.yml",
            """
            from: {source: api, resource: people}
            columns:
              id: {type: bigint, required: true}
              mail: {type: string, pii: true}
              born: {type: date, pii: true, field: /who/born}
              height: {type: int, field: /who/height}
              shoe_size: {type: int, field: shoeSize}
              points: {type: "array<struct<n: int>>"}
              version: {type: bigint}
            quarantine: {from_rows: 100}
            """,
            "silver/people.sql",
            """
            /*
            write: {mode: merge, key: [address], version: version}
            incremental: {new_rows_of: bronze.people}
            quarantine: {from_rows: 100}
            checks:
              - matches: {column: address, pattern: "[^@]+@.+", on_fail: quarantine}
              - accepted_range: {column: id, max: 100, on_fail: quarantine}
              - expression: {rule: "CAST(address AS INT) > 0", name: cannot_run, severity: warn}
              - accepted_values: {column: domain, values: [x.org], severity: warn}
            */
            SELECT id, lower(mail) AS address, substring_index(mail, '@', -1) AS domain, version FROM bronze.people
            """,
            "gold/domains.sql",
            """
            /*
            write: {mode: replace}
            checks:
              - row_count: {min: 1}
              - expression: {rule: "people < 1", name: few}
            */
            WITH known AS (SELECT domain AS d, max(address) AS newest, count(*) AS people FROM silver.people GROUP BY domain)
            SELECT d, newest, people FROM known UNION ALL SELECT 'none', NULL, 0
            """,
            "checks/nobody_twice.sql",
            """
            /*
            tables: [silver.people]
            severity: warn
            */
            SELECT p.id, concat('<', p.address, '>') AS who FROM silver.people p JOIN bronze.people b ON p.id = b.id
            """);

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() throws IOException {
        for (Map.Entry<String, String> file : PEOPLE.entrySet()) {
            Path path = folder.resolve("files/people").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        house = new LocalLakehouse(folder.resolve("house"), folder.resolve("files/people"));
    }

    @Test
    void everyFieldThatIsRefusedIsToldWithoutWhatIdentifiesAPerson() {
        house.land(
                "people",
                person(1, CANARY + "@x.org"),
                person(2, CANARY + "2@y.org"),
                person(3, CANARY + " at home"),
                person(700, CANARY + "7@x.org"),
                "{\"id\": 4, \"mail\": 7, \"who\": {\"born\": \"" + CANARY + "\", \"height\": \"tall\"},"
                        + " \"shoeSize\": \"big\"}",
                "{\"mail\": \"m\", \"points\": [{\"n\": 1}, {\"n\": \"two\"}, {\"n\": \"2\"}]}",
                "{\"id\": \"5\", \"" + CANARY + " no JSON");
        RunOutcome blocked = house.run();

        RunReport report = blocked.report().orElseThrow();
        assertThat(report.refusals())
                .extracting(r -> "%s %s %s %d %.2f %s"
                        .formatted(r.table(), r.check(), r.field(), r.rows(), r.share(), r.example()))
                .containsExactly(
                        "bronze.people malformed id 1 0.14 id: ***",
                        "bronze.people required id 1 0.14 id: missing",
                        "bronze.people type id 1 0.14 id: \"5\" is not an integer",
                        "bronze.people type mail 1 0.14 mail: ***",
                        "bronze.people type points[].n 1 0.14 points[1].n: \"two\" is not an integer",
                        "bronze.people type shoeSize 1 0.14 shoeSize: \"big\" is not an integer",
                        "bronze.people type who.born 1 0.14 who.born: ***",
                        "bronze.people type who.height 1 0.14 who.height: \"tall\" is not an integer",
                        "silver.people accepted_range(id)  1 0.25 id = 700",
                        "silver.people matches(address)  1 0.25 address matches [^@]+@.+");
        assertThat(RunLines.of(blocked, "people"))
                .contains("  in quarantine, of bronze.people:")
                .anyMatch(line -> line.startsWith("           1   14.3 %  type points[].n  for example 1/part-00000"))
                .contains("           1   25.0 %  accepted_range(id)  for example ***: id = 700")
                .contains("  gold.domains  few: people < 1")
                .anyMatch(line -> line.startsWith(
                        "  bin/galley sql --run " + report.run() + " -e 'SELECT * FROM gold.domains WHERE"));
        assertThat(String.join("\n", RunLines.of(blocked, "people"))
                        + report.toJson()
                        + house.said()
                        + house.rows("SELECT * FROM ops.audits")
                        + house.rows("SELECT * FROM ops.runs"))
                .doesNotContainIgnoringCase(CANARY);
        assertThat(report.checks())
                .filteredOn(check -> check.outcome() != CheckResult.Outcome.PASSED)
                .extracting(check -> check.origin().text() + " " + check.check() + " " + check.outcome() + " "
                        + (check.check().equals("contract") ? "" : check.sampleKeys()) + " " + check.example())
                .containsExactly(
                        "galley contract WARNED  ",
                        "table matches(address) WARNED [***] ",
                        "table accepted_range(id) WARNED [***] ",
                        "table cannot_run WARNED [] ",
                        "table accepted_values(domain) WARNED [***] domain = ***",
                        "table few FAILED [{\"d\":\"***\",\"newest\":\"***\",\"people\":1}] ",
                        "custom nobody_twice WARNED [{\"id\":1,\"who\":\"***\"}, {\"id\":2,\"who\":\"***\"}] ");
        assertThat(house.session().sql(queryOf(report, "few")).count()).isEqualTo(2);

        QuarantineRows rows = new QuarantineRows(house.workspace(), house.session(), house.pipeline());
        RunId run = report.run();
        assertThat(rows.reasons(new Which(Optional.empty(), Optional.empty(), false)))
                .as("nothing of a blocked run waits")
                .isEmpty();
        assertThat(rows.reasons(new Which(Optional.of(TableName.of("silver.people")), Optional.of(run), false)))
                .extracting(r -> r.check() + " " + r.rows() + " " + r.key() + " " + r.example())
                .containsExactly(
                        "accepted_range(id) 1 *** id = 700", "matches(address) 1 *** address matches [^@]+@.+");
    }

    /** In the state that the run would leave. */
    private String queryOf(RunReport report, String check) {
        String look = report.checks().stream()
                .filter(c -> c.check().equals(check))
                .findFirst()
                .orElseThrow()
                .look();
        assertThat(look).startsWith("-e '").endsWith(" LIMIT 5'");
        return look.substring(4, look.length() - 1)
                .replace("FROM gold.domains", "FROM gold.domains VERSION AS OF 'audit_" + report.run() + "'");
    }

    @Test
    void whatWaitsIsListedByReasonAndExportedWhole() throws IOException {
        house.edit("gold/domains.sql", "people < 1", "people < 99");
        house.land("people", person(1, "a@x.org"), person(700, "b@x.org"), person(800, "c@x.org"));
        house.run();
        house.land("people", person(3, "d"), "{\"id\": \"x\"}");
        RunReport second = house.run().report().orElseThrow();
        house.land("people", person(80, "c@x.org").replace("\"version\": 1", "\"version\": 2"));
        house.run();

        QuarantineRows rows = new QuarantineRows(house.workspace(), house.session(), house.pipeline());
        assertThat(told(rows, Optional.empty(), false))
                .containsExactly(
                        "bronze.people type id 1",
                        "silver.people accepted_range(id)  1",
                        "silver.people matches(address)  1");
        assertThat(told(rows, Optional.empty(), true))
                .as("released rows, too")
                .containsExactly(
                        "bronze.people type id 1",
                        "silver.people accepted_range(id)  2",
                        "silver.people matches(address)  1");
        assertThat(told(rows, Optional.of(second.run()), false))
                .as("those of one run")
                .containsExactly("bronze.people type id 1", "silver.people matches(address)  1");
        StringWriter lines = new StringWriter();
        assertThat(rows.export(new Which(Optional.of(TableName.of("silver.people")), Optional.empty(), false), lines))
                .isEqualTo(2);
        assertThat(lines.toString().lines().toList())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"table\":\"silver.people\",\"run_id\":\""))
                .anyMatch(line -> line.contains("\"table_key\":\"b@x.org\",\"record\":\"{\\\"id\\\":700,")
                        && line.contains("\"released_run\":null"));
    }

    @Test
    void aSelectThatRaisesIsToldInOneLineWithItsFileAndWithoutValues() {
        house.edit("silver/people.sql", "SELECT id,", "SELECT CAST(mail AS INT) + id AS id,");
        house.land("people", person(1, CANARY + "@x.org"));

        assertThatThrownBy(house::run)
                .isInstanceOf(RunFailedException.class)
                .hasMessageMatching(
                        "Cannot write silver.people \\(.*silver/people.sql\\): \\[CAST_INVALID_INPUT\\] The value"
                                + " \\*\\*\\* of the type .*; mend the file or the records, and run again")
                .satisfies(e -> {
                    StringWriter trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString())
                            .contains("SparkNumberFormatException")
                            .doesNotContain(CANARY);
                });
    }

    @Test
    void aKeyThatStandsTwiceIsToldWithoutThePerson() {
        house.edit("gold/domains.sql", "people < 1", "people < 99");
        house.land("people", person(1, CANARY + "@x.org"));
        house.run();
        house.session().sql("INSERT INTO silver.people SELECT * FROM silver.people");
        house.land("people", person(1, CANARY + "@x.org").replace("\"version\": 1", "\"version\": 2"));

        assertThatThrownBy(house::run)
                .isInstanceOf(WriteException.class)
                .hasMessageStartingWith("Cannot write silver.people: key *** stands in 2 of its rows");
    }

    private static List<String> told(QuarantineRows rows, Optional<RunId> run, boolean released) {
        return rows.reasons(new Which(Optional.empty(), run, released)).stream()
                .map(r -> r.table() + " " + r.check() + " " + r.field() + " " + r.rows())
                .toList();
    }

    private static String person(int id, String mail) {
        return "{\"id\": %d, \"mail\": \"%s\", \"version\": 1}".formatted(id, mail);
    }
}
