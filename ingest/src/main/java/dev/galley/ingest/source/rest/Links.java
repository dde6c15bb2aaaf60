package dev.galley.ingest.source.rest;

import dev.galley.spec.Pagination;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address in {@code Link: <...>; rel="next"} (RFC 8288), as long as there is one. */
record Links(Pagination.LinkHeader declared, Hosts hosts) implements Pager {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>([^<]*)");
    private static final Pattern REL = Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]+))");

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.sizeParameter(), declared.size());
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        return nextTarget(turn.response().headers().values("Link"))
                .map(target -> turn.request().at(hosts.follow(turn.request().endpoint(), target)));
    }

    private static Optional<String> nextTarget(List<String> headers) {
        return headers.stream()
                .flatMap(header -> LINK.matcher(header).results())
                .filter(link -> isNext(link.group(2)))
                .map(link -> link.group(1).strip())
                .findFirst();
    }

    private static boolean isNext(String parameters) {
        Matcher rel = REL.matcher(parameters.toLowerCase(java.util.Locale.ROOT));
        if (!rel.find()) {
            return false;
        }
        String types = rel.group(1) != null ? rel.group(1) : rel.group(2);
        return Arrays.asList(types.split("\\s+")).contains("next");
    }
}
