package dev.galley.ingest.source.rest.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.HostPolicy;
import dev.galley.ingest.source.rest.http.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.http.PageFetcher.Outcome;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.http.RestResponse;
import dev.galley.ingest.source.rest.json.CutPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Leads from one page of a list to the next; where the list goes in circles, it fails. For one thread. */
public final class PageLoop {
    /** Some sources send an empty page now and then, because they filter after they cut. */
    private static final int MOST_EMPTY = 10;

    /** Some lists hold the same over and over, as measurements do; but not for ever. */
    private static final int MOST_ALIKE = 500;

    /** A list changes meanwhile, and a place that is counted is another one then; cursors are the source's own affair. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final Pager pager;
    private final PageRequest base;
    private final RepeatDetector requested;
    private final RepeatDetector received;
    private Optional<PageRequest> upcoming;
    private long records;
    private int empty;
    private Optional<Long> total;
    private Optional<Instant> had;
    private long latest;
    private int alike;

    /**
     * Begins with the first page.
     *
     * @param base a request as it is before a page is asked for
     */
    public PageLoop(Pager pager, PageRequest base, PageRequest first) {
        this(pager, base, Optional.of(first), new Step(false, null, Map.of(), 0, 0, List.of(), List.of(), null, null));
    }

    private PageLoop(Pager pager, PageRequest base, Optional<PageRequest> upcoming, Step step) {
        this.pager = pager;
        this.base = base;
        this.upcoming = upcoming;
        this.records = step.records();
        this.empty = step.empty();
        this.requested = new RepeatDetector(step.requested());
        this.received = new RepeatDetector(step.received());
        this.total = Optional.ofNullable(step.total());
        this.had = Optional.ofNullable(step.had()).map(Instant::parse);
    }

    /**
     * Goes on where another loop stood.
     *
     * @throws SourceException if the next request may not be sent any more
     */
    public static PageLoop resume(Pager pager, PageRequest base, Step step, HostPolicy hosts, Instant now) {
        boolean recent = step.had() != null && Instant.parse(step.had()).isAfter(now.minus(LONGEST_PAUSE));
        if (pager.isCounted() && !step.over() && !recent) {
            throw SourceException.stale("places of this list are counted, and the last page was had too long ago");
        }
        return new PageLoop(pager, base, step.over() ? Optional.empty() : Optional.of(step.request(base, hosts)), step);
    }

    /**
     * Where a loop stands, as JSON. What every request of a resource has is left out.
     *
     * @param over whether there is no next request
     * @param at the address of the next request, where the source named it
     * @param set parameters of the next request beside those of every request, as JSON
     * @param records received so far
     * @param empty pages without records, the last ones in a row
     * @param requested marks of the last requests
     * @param received marks of the last pages
     * @param total the number of records that the last page told
     * @param had when the last page was received
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            boolean over,
            @Nullable String at,
            Map<String, String> set,
            long records,
            int empty,
            List<Long> requested,
            List<Long> received,
            @Nullable Long total,
            @Nullable String had) {
        private static final JsonMapper MAPPER = new JsonMapper();

        public Step {
            Objects.requireNonNull(set, "set");
            Objects.requireNonNull(requested, "requested");
            Objects.requireNonNull(received, "received");
            if (had != null) {
                Instant unused = Instant.parse(had);
            }
        }

        private PageRequest request(PageRequest base, HostPolicy hosts) {
            PageRequest request = at == null ? base : base.at(hosts.follow(base.endpoint(), at));
            for (Map.Entry<String, String> parameter : set.entrySet()) {
                request = request.with(parameter.getKey(), scalar(parameter.getValue()));
            }
            return request;
        }

        private static JsonScalar scalar(String json) {
            try {
                JsonNode value = MAPPER.readTree(json);
                return value.isTextual() ? JsonScalar.text(value.textValue()) : new JsonScalar(json, false);
            } catch (JsonProcessingException e) {
                throw SourceException.stale("the checkpoint is not whole");
            }
        }
    }

    /** Where it stands; {@link #resume} goes on from there. */
    public Step step() {
        Map<String, String> set = new TreeMap<>();
        upcoming.ifPresent(request -> request.parameters().forEach((name, value) -> {
            if (!value.equals(base.parameters().get(name))) {
                set.put(name, value.json());
            }
        }));
        return new Step(
                upcoming.isEmpty(),
                upcoming.map(PageRequest::endpoint)
                        .filter(url -> !url.equals(base.endpoint()))
                        .map(url -> relative(url.toString()))
                        .orElse(null),
                set,
                records,
                empty,
                requested.last(),
                received.last(),
                total.orElse(null),
                had.map(Instant::toString).orElse(null));
    }

    /** Without the host, if it is the source's own: that one may come from the environment. */
    private String relative(String url) {
        String origin = base.endpoint()
                .newBuilder()
                .encodedPath("/")
                .query(null)
                .build()
                .toString();
        String path = url.startsWith(origin) ? url.substring(origin.length() - 1) : url;
        return path.startsWith("//") ? url : path;
    }

    public boolean isOver() {
        return upcoming.isEmpty();
    }

    /** The next request; not when the loop is over. */
    public PageRequest upcoming() {
        return upcoming.orElseThrow();
    }

    /** Before the next request is sent. */
    public void begin() {
        if (!requested.add(Fingerprint.of(upcoming().identity()))) {
            throw new SourceException(Kind.CURSOR_LOOP, "the source sent us in a circle: this page was fetched before");
        }
    }

    /** What the request brought; goes on to the page after it. */
    public void accept(Fetched fetched) {
        had = Optional.of(fetched.response().receivedAt());
        if (fetched.outcome() == Outcome.PAGE) {
            accept(fetched.response(), fetched.page());
        } else {
            upcoming = Optional.empty();
        }
        if (upcoming.isEmpty() && total.filter(told -> told > records).isPresent()) {
            throw CountedPager.endedEarly(total.orElseThrow(), records);
        }
    }

    private void accept(RestResponse response, CutPage page) {
        boolean first = requested.last().size() == 1;
        records += page.records().size();
        empty = page.records().isEmpty() ? empty + 1 : 0;
        Pager.Turn turn = new Pager.Turn(upcoming(), response, page, records);
        requireNoShrinking(pager.total(turn));
        Optional<PageRequest> next = pager.next(turn);
        requireProgress(page, next);
        if (empty >= MOST_EMPTY && next.isPresent()) {
            throw new SourceException(
                    Kind.INCOMPLETE, "the source says there is more, but its last " + MOST_EMPTY + " pages were empty");
        }
        if (next.isEmpty() && first && pager.endsBySilence()) {
            requireNoMore(turn);
        }
        upcoming = next;
    }

    /** Behind a record that is gone others move up, past a place that is counted. */
    private void requireNoShrinking(Optional<Long> told) {
        if (told.isPresent()
                && total.filter(before -> before > told.orElseThrow()).isPresent()) {
            throw new SourceException(
                    Kind.INCOMPLETE,
                    "the source said there are " + total.orElseThrow() + " records, and now " + told.orElseThrow()
                            + ": the list shrank while it was read, so that records may have been passed over");
        }
        total = told.or(() -> total);
    }

    private void requireProgress(CutPage page, Optional<PageRequest> next) {
        if (page.records().isEmpty()) {
            return;
        }
        long mark = Fingerprint.of(page.records());
        alike = mark == latest ? alike + 1 : 1;
        latest = mark;
        long place = pager.followsSource()
                ? next.map(PageRequest::identity).map(Fingerprint::of).orElse(0L)
                : 0L;
        if (alike > MOST_ALIKE || !received.add(31 * mark + place)) {
            throw new SourceException(
                    Kind.PAGE_REPEATED, "this page holds the same records as one before: the source repeats itself");
        }
    }

    /** A total may count more than what was asked for: it is heeded only where "style: none" can say so. */
    private void requireNoMore(Pager.Turn turn) {
        PagingHints told = PagingHints.of(turn);
        Optional<String> more = pager.followsSource() ? told.more().filter(where -> !turn.isEmpty()) : told.anyMore();
        more.ifPresent(where -> {
            throw new SourceException(
                    Kind.INCOMPLETE,
                    "this is the last page as it is declared, but by " + where
                            + " there is more; declare in \"paginate\" how pages follow, or \"style: none\" if this is all");
        });
    }
}
