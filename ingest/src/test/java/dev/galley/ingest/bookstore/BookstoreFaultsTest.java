package dev.galley.ingest.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.ingest.land.IngestOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bookstore's faults that have to do with requests, pages and records, against the sources file of its pipeline. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BookstoreFaultsTest {
    private final Bookstore bookstore = Bookstore.shared();
    private final Map<String, List<String>> undisturbed = new TreeMap<>();

    @TempDir
    private Path spool;

    @AfterEach
    void heal() {
        bookstore.heal();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "12 | truncate      | orders    | 'after':1,'times':2",
                "12 | truncate      | offers    | 'after':1,'times':2",
                "12 | cut_body      | orders    | 'after':1,'times':2,'kind':'content_length'",
                "12 | cut_body      | payments  | 'after':1,'times':2,'kind':'chunked'",
                "12 | cut_body      | customers | 'after':1,'times':2,'kind':'gzip'",
                "15 | http_429      | orders    | 'every':3,'burst':2,'retry_after':0",
                "15 | http_429      | payments  | 'every':2,'as_date':true,'retry_after':0",
                "15 | http_429      | offers    | 'every':2,'absent':true",
                "15 | http_429      | books     | 'every':1,'times':2,'retry_after':86400",
                "16 | http_503      | orders    | 'every':1,'times':1",
                "16 | http_503      | payments  | 'after':2,'every':1,'times':3,'status':500,'absent':true",
                "16 | http_503      | customers | 'every':2,'status':502,'absent':true",
                "17 | reset         | orders    | 'after':1,'times':2",
                "17 | reset         | offers    | 'every':2",
                "18 | token_expired | orders    | 'every':2",
                "18 | token_expired | payments  | 'every':3",
            })
    void whatPassesIsTriedAgainUntilAllIsLanded(int number, String fault, String resource, String settings) {
        List<String> expected = undisturbed(resource);
        bookstore.breakIt(fault, settings(settings, resource));

        Shelf shelf = shelf(Shelf.PATIENT);
        IngestOutcome outcome = take(shelf, resource);

        assertThat(outcome).as(outcome.detail()).isInstanceOf(IngestOutcome.Sealed.class);
        assertThat(shelf.records(resource)).isEqualTo(expected);
        assertThat(outcome.traffic().retries()).isPositive().isEqualTo(bookstore.struck(fault));
        assertThat(outcome.traffic().throttled()).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "17 | hang       | 'after':1,'times':1,'delay_ms':4000",
                "17 | slow_bytes | 'after':1,'times':1,'delay_ms':200,'bytes':4096",
            })
    void anAnswerThatDoesNotComeInTimeIsAskedForAgain(int number, String fault, String settings) {
        List<String> expected = undisturbed("orders");
        bookstore.breakIt(fault, settings(settings, "orders"));

        Shelf shelf = shelf(Duration.ofSeconds(1));
        IngestOutcome outcome = take(shelf, "orders");

        assertThat(outcome).as(outcome.detail()).isInstanceOf(IngestOutcome.Sealed.class);
        assertThat(shelf.records("orders")).isEqualTo(expected);
        assertThat(outcome.traffic().retries()).isPositive();
        assertThat(bookstore.struck(fault)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "slow        | orders | 'delay_ms':50",
                "empty_page  | orders | 'times':1",
                "empty_page  | payments | 'times':1",
                "same_second | customers | 'seconds':3600",
                "same_second | orders | 'seconds':3600",
            })
    void whatIsOnlyOddIsPassedWithoutARetry(String fault, String resource, String settings) {
        List<String> expected = undisturbed(resource);
        bookstore.breakIt(fault, settings(settings, resource));

        Shelf shelf = shelf(Shelf.PATIENT);
        IngestOutcome outcome = take(shelf, resource);

        assertThat(outcome).as(outcome.detail()).isInstanceOf(IngestOutcome.Sealed.class);
        assertThat(keys(shelf.records(resource))).isEqualTo(keys(expected));
        assertThat(outcome.traffic().retries()).isZero();
        assertThat(bookstore.struck(fault)).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "1  | moving_pages  | offers   | 'kind':'vanish' | records, but its pages ended after",
                "1  | moving_pages  | offers   | 'kind':'repeat' | the total is wrong, or the list changed while it was read",
                "12 | truncate      | orders   | 'after':1 | ; tried 4 times",
                "13 | html          | orders   | 'after':1 | the answer is a page for people, not JSON: '<!DOCTYPE html>",
                "13 | error_body    | orders   | 'after':1 | the response is not an array of records",
                "13 | error_body    | payments | 'after':1 | the response has no /data, where the records should be",
                "14 | cursor_loop   | orders   | 'after':1 | the source sent us in a circle",
                "14 | cursor_loop   | payments | 'after':1 | the source sent us in a circle",
                "14 | empty_page    | orders   | 'after':1 | the source sent us in a circle",
                "14 | empty_page    | offers   | 'after':1 | but its pages ended after 30",
                "15 | http_429      | orders   | 'every':1,'absent':true | the source answered 429",
                "16 | http_503      | orders   | 'every':1,'absent':true | the source answered 503",
                "16 | http_503      | orders   | 'every':1,'status':404 | the source answered 404",
                "18 | token_expired | orders   | 'every':1 | the source answered 401",
                "20 | wrong_count   | offers   | 'by':7 | records, but its pages ended after",
                "20 | wrong_count   | books    | 'by':1 | records, but its pages ended after",
            })
    void whatDoesNotPassIsRefusedByNameAndNothingIsSealed(
            int number, String fault, String resource, String settings, String reason) {
        bookstore.breakIt(fault, settings(settings, resource));
        Shelf shelf = shelf(Shelf.PATIENT);

        IngestOutcome outcome = take(shelf, resource);

        assertThat(outcome).isInstanceOf(IngestOutcome.Failed.class);
        assertThat(outcome.detail())
                .startsWith("Cannot fetch bookstore." + resource + " page ")
                .contains(reason);
        assertThat(shelf.batches(resource)).isZero();
        assertThat(bookstore.struck(fault)).isPositive();

        bookstore.heal();
        assertThat(take(shelf, resource)).isInstanceOf(IngestOutcome.Sealed.class);
        assertThat(shelf.records(resource)).isEqualTo(undisturbed(resource));
    }

    @Test
    void anEndTooEarlyOfWhichNothingTellsIsTakenBackByAReset() {
        List<String> expected = undisturbed("orders");
        bookstore.breakIt("false_end", settings("'after':1,'times':1", "orders"));
        Shelf shelf = shelf(Shelf.PATIENT);
        take(shelf, "orders");
        assertThat(shelf.records("orders")).isEqualTo(expected.subList(0, 60));

        shelf.reset("orders");
        take(shelf, "orders");

        assertThat(Set.copyOf(shelf.records("orders")).containsAll(expected)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "8  | schema_drift   | 'kind':'added'",
                "8  | schema_drift   | 'kind':'renamed'",
                "8  | schema_drift   | 'kind':'removed'",
                "8  | schema_drift   | 'kind':'int_to_string'",
                "8  | schema_drift   | 'kind':'scalar_to_array'",
                "8  | schema_drift   | 'kind':'null_object'",
                "9  | odd_numbers    | 'kind':'text'",
                "9  | odd_numbers    | 'kind':'grouped'",
                "9  | odd_numbers    | 'kind':'exponent'",
                "9  | odd_numbers    | 'kind':'nan'",
                "9  | odd_numbers    | 'kind':'minus_zero'",
                "10 | odd_nulls      | 'kind':'null'",
                "10 | odd_nulls      | 'kind':'missing'",
                "10 | odd_nulls      | 'kind':'empty'",
                "10 | odd_nulls      | 'kind':'text'",
                "11 | odd_instants   | 'kind':'no_zone'",
                "11 | odd_instants   | 'kind':'offset'",
                "11 | odd_instants   | 'kind':'epoch_s'",
                "11 | odd_instants   | 'kind':'epoch_ms'",
                "11 | odd_instants   | 'kind':'epoch_us'",
                "11 | odd_instants   | 'kind':'fraction'",
                "11 | odd_instants   | 'kind':'dst_gap'",
                "11 | odd_instants   | 'kind':'dst_overlap'",
                "21 | odd_text       | 'kind':'nfd'",
                "21 | odd_text       | 'kind':'full_width'",
                "21 | odd_text       | 'kind':'ethiopic'",
                "21 | odd_text       | 'kind':'emoji'",
                "22 | huge_record    | 'bytes':400000",
                "22 | deep_record    | 'depth':10000",
                "22 | duplicate_keys | 'one_in':10",
                "23 | wrong_currency | 'kind':'currency','one_in':10",
                "24 | future_updates | 'seconds':86400",
            })
    void whatStandsInARecordIsLandedAsItCame(int number, String fault, String settings) {
        List<String> good = undisturbed("orders");
        bookstore.breakIt(fault, settings(settings, "orders"));
        Shelf shelf = shelf(Shelf.PATIENT);

        IngestOutcome outcome = take(shelf, "orders");

        assertThat(outcome).as(outcome.detail()).isInstanceOf(IngestOutcome.Sealed.class);
        List<String> landed = shelf.records("orders");
        List<Integer> spoiled = new ArrayList<>();
        for (int i = 0; i < good.size(); i++) {
            if (!good.get(i).equals(landed.get(i))) {
                spoiled.add(i);
            }
        }
        assertThat(spoiled).hasSizeGreaterThan(8).allMatch(place -> place % 30 % 10 == 0);
        // Not shown where they differ: a record of 400 KB is no reading.
        assertThat(firstPage(landed).equals(bookstore.firstPageOfOrders()))
                .as("byte for byte")
                .isTrue();
        assertThat(outcome.traffic().retries()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "8  | wrong_types    | 'every':1",
                "23 | wrong_currency | 'kind':'decimals'",
            })
    void whatStandsInEveryRecordIsLandedAsItCame(int number, String fault, String settings) {
        List<String> good = undisturbed("orders");
        bookstore.breakIt(fault, settings(settings, "orders"));
        Shelf shelf = shelf(Shelf.PATIENT);

        take(shelf, "orders");

        assertThat(firstPage(shelf.records("orders")))
                .isEqualTo(bookstore.firstPageOfOrders())
                .isNotEqualTo(firstPage(good));
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        List<String> expected = undisturbed("orders");
        bookstore.breakIt("odd_text", settings("'kind':'bom'", "orders"));
        Shelf shelf = shelf(Shelf.PATIENT);

        take(shelf, "orders");

        assertThat(bookstore.firstPageOfOrders()).startsWith("\uFEFF[");
        assertThat(shelf.records("orders")).isEqualTo(expected);
    }

    /** As the body was that brought them. */
    private static String firstPage(List<String> records) {
        return "[" + String.join(",", records.subList(0, 30)) + "]";
    }

    private Shelf shelf(Duration requestTimeout) {
        return Shelf.of(bookstore, spool, requestTimeout);
    }

    /** What is landed without faults; the clock stands still between these tests. */
    private List<String> undisturbed(String resource) {
        return undisturbed.computeIfAbsent(resource, name -> {
            Shelf shelf = shelf(Shelf.PATIENT);
            assertThat(take(shelf, name)).isInstanceOf(IngestOutcome.Sealed.class);
            return shelf.records(name);
        });
    }

    /** All orders and payments; of the longer lists what changed lately. */
    private IngestOutcome take(Shelf shelf, String resource) {
        Instant now = bookstore.now();
        return switch (resource) {
            case "offers" -> shelf.ingest(resource, now.minus(Duration.ofHours(6)));
            case "books", "customers" -> shelf.ingest(resource, now.minus(Duration.ofDays(3)));
            default -> shelf.ingest(resource);
        };
    }

    private static List<String> keys(List<String> records) {
        return records.stream().map(Shelf::key).sorted().toList();
    }

    private static String settings(String settings, String resource) {
        return "{\"resource\":\"" + resource + "\"," + settings.replace('\'', '"') + "}";
    }
}
