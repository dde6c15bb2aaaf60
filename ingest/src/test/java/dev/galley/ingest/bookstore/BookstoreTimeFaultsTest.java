package dev.galley.ingest.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.ingest.land.IngestOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bookstore's faults that show from one ingest to the next: what comes late, moves, or goes. */
class BookstoreTimeFaultsTest {
    private final Bookstore bookstore = Bookstore.shared();

    @TempDir
    private Path spool;

    @AfterEach
    void heal() {
        bookstore.heal();
    }

    @Test
    void aRowThatMovesBehindTheCursorIsLandedAgain() { // 2
        bookstore.breakIt("clock_runs", "{\"resource\":\"orders\",\"seconds\":3600}");
        Shelf shelf = shelf();
        shelf.ingest("orders");
        bookstore.heal();

        assertThat(shelf.records("orders").stream().map(Shelf::key))
                .as("some moved on while pages were read")
                .hasSizeGreaterThan(shelf.versions("orders").size());
        shelf.ingest("orders");

        assertThat(Set.copyOf(shelf.records("orders")).containsAll(ordersNow().records("orders")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"late_commits, '\"one_in\":1,\"seconds\":840'", "stale_list, '\"seconds\":840'"})
    void whatIsSeenLateIsLandedWithinTheLookback(String fault, String settings) { // 3, 19
        Map<String, Integer> known = Map.of();
        Shelf shelf = shelf();
        for (int day = 0; day < 9 && missing(known, shelf).isEmpty(); day++) { // until one of its orders is late
            bookstore.heal();
            bookstore.moveTo(afterNoon());
            known = ordersNow().versions("orders");
            bookstore.breakIt(fault, "{\"resource\":\"orders\"," + settings + "}");
            shelf = shelf();
            shelf.ingest("orders");
        }
        assertThat(missing(known, shelf)).isNotEmpty();
        assertThat(shelf.cursor("orders")).contains(bookstore.now().toString());

        bookstore.moveTo(bookstore.now().plus(Duration.ofMinutes(14)));
        shelf.ingest("orders");

        assertThat(missing(known, shelf)).isEmpty();
    }

    @Test
    void whatAListHidesTheFeedOfChangesTells() { // 5
        bookstore.breakIt("missed_updates", "{\"resource\":\"orders\"}");
        Shelf shelf = shelf();
        shelf.ingest("orders");
        bookstore.moveTo(bookstore.now().plus(Duration.ofDays(1)));
        shelf.ingest("orders");
        bookstore.heal();
        Map<String, Integer> known = ordersNow().versions("orders");
        assertThat(shelf.versions("orders").keySet()).isEqualTo(known.keySet());
        Set<String> hidden = missing(known, shelf);
        assertThat(hidden).isNotEmpty();

        Shelf feed = feed();
        feed.ingest("changes");

        Set<String> told = feed.records("changes").stream()
                .map(BookstoreTimeFaultsTest::versionOfOrder)
                .collect(Collectors.toSet());
        assertThat(hidden).allSatisfy(order -> assertThat(told).contains(order + " " + known.get(order)));
    }

    @Test
    void whatIsMarkedAsDeletedIsLandedAndWhatIsGoneIsMissingFromTheWholeList() { // 6
        bookstore.moveTo(startOfDay(bookstore.now()).plus(Duration.ofDays(1)).plusSeconds(60));
        String today = startOfDay(bookstore.now()).toString().substring(0, 10);
        Set<String> before = offers();
        bookstore.breakIt("soft_deletes", "{\"day\":\"" + today + "\"}");
        Shelf marked = shelf();
        marked.ingest("offers", startOfDay(bookstore.now()));
        List<String> deleted = marked.records("offers").stream()
                .filter(offer -> offer.contains("\"deleted_at\":\"" + today))
                .map(Shelf::key)
                .sorted()
                .toList();
        bookstore.heal();
        bookstore.breakIt("hard_deletes", "{\"day\":\"" + today + "\"}");
        Set<String> left = offers();

        assertThat(deleted).hasSize(3);
        assertThat(before.stream().filter(offer -> !left.contains(offer))).containsExactlyElementsOf(deleted);
    }

    /** The keys of the whole list. */
    private Set<String> offers() {
        Shelf shelf = Shelf.of(bookstore, spool, Styles.all("offers", ""));
        shelf.ingest("offers_by_whole");
        return shelf.versions("offers_by_whole").keySet();
    }

    @Test
    void eventsOutOfOrderOrTwiceAreLandedAllOfThem() { // 7
        Shelf undisturbed = feed();
        undisturbed.ingest("changes");
        List<String> all = undisturbed.records("changes");
        int first = all.size() * 9 / 10;
        List<String> expected = all.subList(first, all.size());
        for (String kind : List.of("swap", "repeat", "changed")) {
            bookstore.breakIt("event_disorder", "{\"kind\":\"" + kind + "\"}");
            Shelf shelf = feed().from("changes", position(all.get(first - 1)));
            assertThat(shelf.ingest("changes")).isInstanceOf(IngestOutcome.Sealed.class);

            List<String> landed = shelf.records("changes");
            assertThat(Set.copyOf(landed).containsAll(expected)).as(kind).isTrue();
            assertThat(landed.size()).as(kind).isGreaterThan(expected.size());
            assertThat(landed.stream()
                            .filter(event -> event.contains("somebody else"))
                            .count())
                    .isEqualTo(kind.equals("changed") ? landed.size() - expected.size() : 0);
            // The last of two that changed places comes again.
            bookstore.heal();
            shelf.ingest("changes");
            assertThat(shelf.cursor("changes")).as(kind).isEqualTo(undisturbed.cursor("changes"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "customers"})
    void aRecordFromTheFutureMovesNoCursorAndHidesNone(String resource) { // 24
        String before = bookstore.now().minus(Duration.ofDays(2)).toString();
        bookstore.breakIt("future_updates", "{\"resource\":\"" + resource + "\",\"seconds\":864000}");
        Shelf shelf = shelf().from(resource, before);
        shelf.ingest(resource);
        assertThat(shelf.cursor(resource)).contains(bookstore.now().toString());
        bookstore.heal();
        assertThat(shelf.versions(resource)).isNotEmpty().isEqualTo(landed(resource, before));

        bookstore.moveTo(bookstore.now().plus(Duration.ofDays(1)));
        shelf.ingest(resource);

        assertThat(shelf.versions(resource)).isEqualTo(landed(resource, before));
    }

    private Shelf shelf() {
        return Shelf.of(bookstore, spool, Shelf.PATIENT);
    }

    private Shelf feed() {
        return Shelf.of(bookstore, spool, Styles.own("changes"));
    }

    private static String position(String event) {
        return event.replaceFirst("^.*?\"position\":(\\d+),.*$", "$1");
    }

    private Shelf ordersNow() {
        Shelf shelf = shelf();
        assertThat(shelf.ingest("orders")).isInstanceOf(IngestOutcome.Sealed.class);
        return shelf;
    }

    private Map<String, Integer> landed(String resource, String since) {
        Shelf shelf = shelf().from(resource, since);
        assertThat(shelf.ingest(resource)).isInstanceOf(IngestOutcome.Sealed.class);
        return shelf.versions(resource);
    }

    /** The keys of which no version so high is landed. */
    private static Set<String> missing(Map<String, Integer> known, Shelf shelf) {
        Map<String, Integer> landed = shelf.versions("orders");
        Set<String> missing = new TreeSet<>();
        known.forEach((order, version) -> {
            if (landed.getOrDefault(order, 0) < version) {
                missing.add(order);
            }
        });
        return missing;
    }

    /** Of an event of an order, the order and its version; of others nothing. */
    private static String versionOfOrder(String event) {
        return event.replaceAll(
                "^.*\"entity\":\"order\",\"entity_id\":\"([^\"]+)\",\"sequence\":(\\d+),.*$|^.*$", "$1 $2");
    }

    private Instant afterNoon() {
        return startOfDay(bookstore.now()).plus(Duration.ofDays(1)).plus(Duration.ofMinutes(12 * 60 + 14));
    }

    private static Instant startOfDay(Instant time) {
        return time.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}
