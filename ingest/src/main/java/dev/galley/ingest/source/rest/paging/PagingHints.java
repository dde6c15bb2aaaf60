package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.rest.http.WebLink;
import dev.galley.ingest.source.rest.json.BodyFields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What an answer says of its list in the places where well-known sources say it, whatever is declared. Names are compared
 * without case and punctuation: {@code next_page}, {@code nextPage} and {@code @next-page} are one.
 *
 * @param around scalars that stand around the records
 */
record PagingHints(Pager.Turn turn, Map<String, JsonScalar> around) {
    private static final String KIND = "(page|results?|records?|set|batch)?";
    private static final String NAME =
            "(url|uri|link|href|path|cursor|token|key|id|offset|marker|start|skip|index|number)*";
    private static final Pattern NEXT =
            Pattern.compile("(odata)?next" + KIND + NAME + "|continuation(token)?|resumptiontoken");
    private static final Pattern BEFORE = Pattern.compile("prev(ious)?" + KIND + NAME);

    /** What is told of a page that stands by itself under {@code next}. */
    private static final Set<String> IN_NEXT =
            Set.of("url", "uri", "link", "href", "path", "cursor", "after", "token", "page", "offset", "id");

    private static final Pattern MORE = Pattern.compile(
            "(has|is)?more(items|data|results|records|rows|pages|available|incollection)*|hasnext(page)?|(is)?truncated");
    private static final Pattern LAST = Pattern.compile("(is)?last(page)?|(is)?done");
    private static final Pattern FIRST = Pattern.compile("(is)?first(page)?");
    private static final Pattern HAS_BEFORE = Pattern.compile("hasprev(ious)?(page)?");
    private static final Pattern TOTAL = Pattern.compile(
            "total(count|results?|records|items|elements|entries|size|hits|rows)?|records?total|numfound");
    private static final Pattern PAGES =
            Pattern.compile("totalpages?(count)?|pages?(total|count)|numpages|numberofpages|lastpage");
    private static final List<String> TOTAL_HEADERS = List.of("X-Total-Count", "X-Total", "X-WP-Total");
    private static final List<String> PAGES_HEADERS = List.of("X-Total-Pages", "X-WP-TotalPages", "X-Page-Count");

    static PagingHints of(Pager.Turn turn) {
        return new PagingHints(turn, turn.page().around());
    }

    /** Where the answer says that a page follows. */
    Optional<String> more() {
        return link("next")
                .or(() -> where(at -> named(NEXT, at, IN_NEXT), PagingHints::leadsOn))
                .or(() -> where(at -> isRelation(at), value -> value.text().equalsIgnoreCase("next")))
                .or(() -> where(at -> fits(MORE, at), value -> value.text().equals("true")))
                .or(() -> where(at -> fits(LAST, at), value -> value.text().equals("false")));
    }

    /** As {@link #more}, or where the answer tells of more records than it holds, or of more than one page. */
    Optional<String> anyMore() {
        return more().or(() -> beyond(turn.recordsSoFar(), 1));
    }

    /** Where the answer says that a page comes before. */
    Optional<String> before() {
        return link("prev")
                .or(() -> link("previous"))
                .or(() -> where(at -> named(BEFORE, at, IN_NEXT), PagingHints::leadsOn))
                .or(() ->
                        where(at -> fits(HAS_BEFORE, at), value -> value.text().equals("true")))
                .or(() -> where(at -> fits(FIRST, at), value -> value.text().equals("false")));
    }

    /** Where the answer tells of more records, or of more pages. */
    Optional<String> beyond(long records, long pages) {
        return header(TOTAL_HEADERS, records)
                .or(() -> header(PAGES_HEADERS, pages))
                .or(() -> where(at -> fits(TOTAL, at), value -> exceeds(value.text(), records)))
                .or(() -> where(at -> fits(PAGES, at), value -> exceeds(value.text(), pages)));
    }

    private Optional<String> link(String relation) {
        try {
            return WebLink.target(turn.response().headers(), turn.request().url(), relation)
                    .map(target -> "the header Link (rel=\"" + relation + "\")");
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<String> header(List<String> names, long had) {
        return names.stream()
                .filter(name -> turn.response()
                        .header(name)
                        .filter(text -> exceeds(text, had))
                        .isPresent())
                .map(name -> "the header " + name)
                .findFirst();
    }

    private Optional<String> where(Predicate<String> place, Predicate<JsonScalar> value) {
        return around.entrySet().stream()
                .filter(entry -> place.test(entry.getKey()) && value.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    private static boolean named(Pattern names, String pointer, Set<String> below) {
        return fits(names, pointer)
                || (below.contains(BodyFields.name(pointer)) && fits(names, BodyFields.parent(pointer)));
    }

    private static boolean isRelation(String pointer) {
        return Set.of("rel", "relation").contains(BodyFields.name(pointer))
                && BodyFields.isContainer(BodyFields.parent(pointer));
    }

    private static boolean fits(Pattern names, String pointer) {
        return names.matcher(BodyFields.name(pointer)).matches();
    }

    private static boolean leadsOn(JsonScalar value) {
        return value.quoted() ? !value.text().isBlank() : value.text().equals("true") || exceeds(value.text(), 0);
    }

    private static boolean exceeds(String text, long had) {
        try {
            return new BigDecimal(text).compareTo(BigDecimal.valueOf(had)) > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
