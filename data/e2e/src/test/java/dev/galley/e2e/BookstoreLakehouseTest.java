package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One lakehouse through its first days: what it publishes is what the generator itself says, to the last minor unit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BookstoreLakehouseTest {
    private static final String REVENUE =
            "SELECT day, jurisdiction_id, currency, orders, units, amount_local, aov, amount_usd,"
                    + " fx_rate_date FROM gold.revenue_daily";
    private static final String TOP_SALES = "SELECT month, country, city, rank, isbn13, units, currency, amount_local,"
            + " amount_usd, fx_rate_date FROM gold.top_sales_by_city";
    private static final String TAX =
            "SELECT month, jurisdiction_id, component, rate, currency, taxable_base, tax_collected,"
                    + " tax_refunded, net_due, amount_usd, fx_rate_date FROM gold.tax_liability";
    /** Every landed version of an order is the published one, an older one, or waits in quarantine: by key. */
    private static final String LOST_ORDERS = "SELECT count(*) FROM (SELECT order_id, max(version) AS version FROM"
            + " bronze.orders GROUP BY order_id) b LEFT ANTI JOIN silver.orders s ON s.order_id = b.order_id AND"
            + " s.version = b.version";

    private static final String LOST_IN_BLOCKED = """
            SELECT 'lost', count(*)
            FROM (
              SELECT order_id, max(version) AS version
              FROM bronze.orders VERSION AS OF 'audit_%1$s' GROUP BY order_id
            ) landed
            LEFT ANTI JOIN (
              SELECT order_id, version FROM silver.orders VERSION AS OF 'audit_%1$s'
              UNION ALL
              SELECT table_key, CAST(get_json_object(record, '$.version') AS INT)
              FROM quarantine.silver_orders VERSION AS OF 'audit_%1$s'
            ) kept ON kept.order_id = landed.order_id AND kept.version = landed.version""";

    private static final Path BOOKSTORE =
            Path.of(System.getProperty("galley.root")).resolve("data/pipelines/bookstore");

    private Lakehouse lakehouse = new Lakehouse(Path.of("unset"), "");
    private Path pipelines = Path.of("unset");

    /** All runs in one process, which is started as one for a run alone would be. */
    private Optional<WarmGalley> warm = Optional.empty();

    @BeforeAll
    void start() throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path folder = Files.createTempDirectory(target, "bookstore-");
        pipelines = Files.createDirectories(folder.resolve("pipelines"));
        Files.createSymbolicLink(pipelines.resolve("bookstore"), BOOKSTORE);
        lakehouse = new Lakehouse(folder, "--days 40 --orders-per-day 60").pipelines(pipelines);
    }

    @AfterAll
    void stop() {
        warm.ifPresent(WarmGalley::close);
        lakehouse.close();
    }

    @Test
    @Order(1)
    void aFirstLoadPublishesTheFiguresOfTheGenerator() {
        lakehouse.bookstore("start").done();
        lakehouse.galley("ingest", "bookstore").done();
        Lakehouse.Ended planned =
                lakehouse.galley("run", "bookstore", "--dry-run").done();
        warm = Optional.of(lakehouse.warm(planned.spent()));

        warmly("run", "bookstore").done();

        assertPublished();
    }

    @Test
    @Order(2)
    void nothingNewMakesNoRun() {
        List<String> runs = warmly("runs", "bookstore", "--ids").lines();

        lakehouse.batch("bookstore");

        assertThat(warmly("runs", "bookstore", "--ids").lines()).hasSize(1).isEqualTo(runs);
    }

    @Test
    @Order(3)
    void fiveNightsPublishTheFiguresOfTheGenerator() {
        for (int night = 0; night < 5; night++) {
            lakehouse.bookstore("next-day").done();
            lakehouse.galley("ingest", "bookstore").done();
            warmly("run", "bookstore").done();
        }

        assertPublished();
        assertThat(warmly("runs", "bookstore", "--status", "published", "--ids").lines())
                .hasSize(6);
    }

    @Test
    @Order(4)
    void aFullRefreshChangesNoFigure() {
        warmly("run", "bookstore", "--full-refresh").done();

        assertPublished();
    }

    @Test
    @Order(5)
    void aDayOfWrongTotalsIsBlockedAndItsOrdersAreAccountedFor() {
        String before = rows("SELECT count(*) FROM silver.orders").get(0);
        lakehouse.bookstore("fault", "wrong_totals").done();
        lakehouse.bookstore("next-day").done();
        lakehouse.galley("ingest", "bookstore").done();

        Lakehouse.Ended run = warmly("run", "bookstore");

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
        assertThat(rows("SELECT count(*) FROM silver.orders")).containsExactly(before);
        assertThat(rows(LOST_IN_BLOCKED.formatted(blocked()))).containsExactly("lost\t0");
    }

    @Test
    @Order(6)
    void theHealedDayIsFetchedAgainAndPublished() {
        lakehouse.bookstore("heal").done();
        warmly("discard", blocked(), "--refetch").done();
        lakehouse.galley("ingest", "bookstore").done();

        warmly("run", "bookstore").done();

        assertPublished();
    }

    @Test
    @Order(7)
    void theContractRefusesTheRecordsThatTheFaultsHaveStruckAndNoOther() throws IOException {
        ContractFaults.pipeline(pipelines, BOOKSTORE);
        URI bookstore = URI.create(lakehouse.services().get("BOOKSTORE_URL"));
        try (FaultyPages pages = new FaultyPages(bookstore, ContractFaults.all())) {
            lakehouse.with("FAULTS_URL", pages.url().toString());
            // One part, however slow the machine: its lines are told by their numbers.
            lakehouse.galley("ingest", "faults", "--part-seconds", "600").done();
        }

        warmly("run", "faults").done();

        List<String> refused = rows("SELECT _line, reasons[0].check FROM quarantine.bronze_faulty_orders");
        assertThat(refused).isEqualTo(ContractFaults.refused());
        assertThat(rows("SELECT count(*) FROM bronze.faulty_orders"))
                .containsExactly(String.valueOf(ContractFaults.all().size() * FaultyPages.SIZE - refused.size()));
    }

    private Lakehouse.Ended warmly(String... arguments) {
        return warm.orElseThrow().galley(arguments);
    }

    /** The marts, and no order lost. */
    private void assertPublished() {
        List<String> published = rows(
                marked("revenue_daily", REVENUE),
                marked("top_sales_by_city", TOP_SALES),
                marked("tax_liability", TAX),
                marked("lost", LOST_ORDERS));
        assertThat(published).contains("lost\t0");
        for (String mart : List.of("revenue_daily", "top_sales_by_city", "tax_liability")) {
            List<String> rows = published.stream()
                    .filter(row -> row.startsWith(mart + "\t"))
                    .map(row -> row.substring(mart.length() + 1))
                    .toList();
            assertThat(rows).as(mart).isNotEmpty().isEqualTo(lakehouse.oracle(mart));
        }
    }

    private String blocked() {
        return warmly("runs", "bookstore", "--status", "blocked", "--ids")
                .lines()
                .get(0);
    }

    private List<String> rows(String... queries) {
        return Stream.of(queries)
                .flatMap(query -> warm.orElseThrow().sql(query).stream())
                .toList();
    }

    private static String marked(String mart, String query) {
        return query.replaceFirst("SELECT ", "SELECT '" + mart + "', ");
    }
}
