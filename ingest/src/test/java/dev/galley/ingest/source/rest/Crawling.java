package dev.galley.ingest.source.rest;

import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.rest.http.Sleeper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What tests of crawls have in common: lists of numbered records, and texts of what was read. */
final class Crawling {
    private Crawling() {}

    static final CrawlStart ANEW =
            new CrawlStart(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static CrawlStart startAt(String cursor) {
        return new CrawlStart(Optional.of(cursor), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The records of all pages that are left. */
    static List<String> rest(Crawl crawl) {
        List<String> texts = new ArrayList<>();
        for (Optional<ReceivedPage> page = crawl.next(); page.isPresent(); page = crawl.next()) {
            texts.addAll(texts(page.orElseThrow()));
        }
        return texts;
    }

    static List<String> texts(ReceivedPage page) {
        return page.records().stream().map(Crawling::text).toList();
    }

    /** A record's text; that of a child after its parent's key. */
    static String text(ReceivedRecord record) {
        String text = new String(record.body(), record.from(), record.length(), StandardCharsets.UTF_8);
        return record.parent().map(key -> key + " " + text).orElse(text);
    }

    /** {@code [from,from+1,...]}, at most {@code limit} numbers, all below {@code total}. */
    static String numbers(int total, int from, int limit) {
        return IntStream.range(from, Math.max(from, Math.min(total, from + limit)))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The numbers below {@code total} as records. */
    static List<String> numbers(int total) {
        return IntStream.range(0, total).mapToObj(String::valueOf).toList();
    }

    /** {@link ScriptedSource#asked}, without the order in which requests that are sent at once arrive. */
    static List<String> askedSorted(ScriptedSource server) {
        return server.asked().stream().sorted().toList();
    }

    /** Does not sleep, and remembers how long it should have. */
    static final class Waits implements Sleeper {
        private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void sleep(Duration wait) {
            waits.add(wait);
        }

        List<Duration> all() {
            return List.copyOf(waits);
        }
    }

    /** Where a crawl stands, as it is written; the time of its last page, and sums that hold the server's port, are left out. */
    static String written(Crawl crawl) {
        return crawl.checkpoint()
                .orElseThrow()
                .replaceAll("\"fits\":\"[0-9a-f]{16}\"", "\"fits\":\"f\"")
                .replaceAll("-?[0-9]{14,}", "m")
                .replaceAll("\"had\":\"[0-9T:.-]+Z\"", "\"had\":\"h\"");
    }
}
