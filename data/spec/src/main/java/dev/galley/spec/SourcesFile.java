package dev.galley.spec;

import dev.galley.spec.RestSource.Limits;
import dev.galley.spec.RestSource.Method;
import dev.galley.spec.RestSource.Resource;
import dev.galley.spec.RestSource.Retry;
import dev.galley.spec.YamlNode.Entry;
import dev.galley.spec.YamlNode.Scalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code sources.yml}, bound to records. */
final class SourcesFile {
    private static final URI UNSET = URI.create("unset:/");

    private final Documents documents;
    private final References references;

    SourcesFile(Documents documents, References references) {
        this.documents = documents;
        this.references = references;
    }

    /** Absent if the file does not fit its schema, which {@code problems} then says. */
    Optional<List<Source>> read(String text, Problems.OfFile problems) {
        return documents
                .read("sources", text, 1, references, problems)
                .map(file -> file.fields("sources").entries().stream()
                        .map(entry -> rest(entry, file.of(entry.value())))
                        .toList());
    }

    private Source rest(Entry entry, Fields source) {
        Problems.OfFile problems = source.problems();
        List<Resource> resources = source.fields("resources").entries().stream()
                .map(e -> resource(e, source.of(e.value())))
                .toList();
        refuseUnknownResources(source.fields("resources"));
        new FetchOrder(resources, problems).check();
        return new RestSource(
                entry.key(),
                baseUrl(source),
                (int) source.number("concurrency", 4),
                headers(source),
                retry(source.fields("retry")),
                limits(source.fields("limits")),
                resources,
                problems.place(entry.line()));
    }

    private static void refuseUnknownResources(Fields resources) {
        List<String> known = resources.entries().stream().map(Entry::key).toList();
        for (Entry resource : resources.entries()) {
            for (YamlNode later : resources.of(resource.value()).items("before")) {
                String name = ((Scalar) later).text();
                if (!known.contains(name)) {
                    resources
                            .problems()
                            .at(
                                    later.line(),
                                    "\"before\" names %s, which is no resource of this source%s"
                                            .formatted(later.kind(), Nearest.hint(name, known)));
                }
            }
        }
    }

    /** Messages never show the URL: it may come from the environment and hold a password. */
    private URI baseUrl(Fields source) {
        int line = source.line("base_url");
        URI url = UNSET;
        if (references.equals(References.deferred())
                && source.required("base_url").contains(References.UNSET)) {
            return url;
        }
        try {
            url = new URI(source.required("base_url"));
            boolean http = Set.of("http", "https")
                    .contains(Optional.ofNullable(url.getScheme()).orElse(""));
            if (!http || url.getHost() == null) {
                source.problems().at(line, "\"base_url\" must be http://host or https://host");
            } else if (url.getRawUserInfo() != null) {
                source.problems().at(line, "\"base_url\" must not hold a user or password; use \"headers\"");
            } else if (url.getRawQuery() != null || url.getRawFragment() != null) {
                source.problems().at(line, "\"base_url\" must end with its path, without ? or #");
            }
        } catch (URISyntaxException e) {
            source.problems().at(line, "\"base_url\" is no URL: " + e.getReason());
        }
        return url;
    }

    private static Map<String, Secret> headers(Fields source) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        for (Entry header : source.fields("headers").entries()) {
            String value = ((Scalar) header.value()).text();
            if (value.chars().anyMatch(c -> c < ' ' || c == 127)) {
                source.problems().at(header.line(), "The header \"" + header.key() + "\" must be one line of text");
            }
            headers.put(header.key(), new Secret(value));
        }
        return headers;
    }

    private static Retry retry(Fields retry) {
        return new Retry(
                (int) retry.number("max_attempts", 6),
                duration(retry, "initial_delay", "500ms"),
                duration(retry, "max_delay", "30s"),
                duration(retry, "max_retry_after", "2m"));
    }

    private static Limits limits(Fields limits) {
        return new Limits(
                duration(limits, "request_timeout", "60s"),
                Units.bytes(limits.text("max_body", "64MB")),
                (int) limits.number("max_json_depth", 64),
                limits.number("max_pages", 1_000_000));
    }

    private static Resource resource(Entry entry, Fields resource) {
        return new Resource(
                entry.key(),
                resource.required("path"),
                resource.choice("method", Method.class, Method.GET),
                query(resource.fields("query")),
                resource.text("records", ""),
                pagination(resource.fields("paginate")),
                resource.has("incremental")
                        ? Optional.of(incremental(resource.fields("incremental")))
                        : Optional.empty(),
                resource.texts("before"),
                resource.problems().place(entry.line()));
    }

    private static Map<String, String> query(Fields query) {
        Map<String, String> values = new LinkedHashMap<>();
        query.entries().forEach(e -> values.put(e.key(), ((Scalar) e.value()).text()));
        return values;
    }

    private static Pagination pagination(Fields paginate) {
        int size = (int) paginate.number("size", 100);
        String limit = paginate.text("size_parameter", "limit");
        return switch (paginate.text("style", "none")) {
            case "link" -> new Pagination.LinkHeader(limit, size);
            case "page" ->
                new Pagination.Page(
                        paginate.text("parameter", "page"),
                        paginate.text("size_parameter", "per_page"),
                        size,
                        paginate.text("total_header"),
                        paginate.text("more"));
            case "offset" ->
                new Pagination.Offset(paginate.text("parameter", "offset"), limit, size, paginate.text("total"));
            case "cursor" ->
                new Pagination.BodyCursor(
                        paginate.text("parameter", "cursor"), paginate.required("cursor"), limit, size);
            case "keyset" ->
                new Pagination.Keyset(
                        paginate.text("since_parameter", "updated_since"),
                        paginate.text("since_field", "updated_at"),
                        paginate.text("id_parameter", "after_id"),
                        paginate.required("id_field"),
                        limit,
                        size);
            default -> new Pagination.None();
        };
    }

    private static RestSource.Incremental incremental(Fields incremental) {
        RestSource.Incremental.Unit unit =
                incremental.choice("unit", RestSource.Incremental.Unit.class, RestSource.Incremental.Unit.INSTANT);
        Optional<String> initial = incremental.text("initial");
        if (!initial.map(text -> isBeginning(text, unit)).orElse(true)) {
            String wanted = unit == RestSource.Incremental.Unit.DATE
                    ? "a date like 2026-01-31"
                    : "an instant like 2026-01-31T00:00:00Z, or say \"unit: date\"";
            incremental.problems().at(incremental.line("initial"), "\"initial\" must be " + wanted);
        }
        return new RestSource.Incremental(
                incremental.required("parameter"),
                incremental.required("watermark_header"),
                duration(incremental, "lookback", "15m"),
                incremental.text("to_parameter"),
                initial,
                unit);
    }

    private static boolean isBeginning(String text, RestSource.Incremental.Unit unit) {
        try {
            return unit == RestSource.Incremental.Unit.DATE
                    ? LocalDate.parse(text) != null
                    : Instant.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Duration duration(Fields fields, String key, String otherwise) {
        return Units.duration(fields.text(key, otherwise));
    }
}
