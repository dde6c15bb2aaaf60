package dev.galley.definition.source;

import dev.galley.definition.source.RestSource.Limits;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.source.RestSource.Retry;
import dev.galley.definition.yaml.DocumentReader;
import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.ReferenceResolver;
import dev.galley.definition.yaml.Secret;
import dev.galley.definition.yaml.YamlFields;
import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Scalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code sources.yml}, bound to records. */
public final class SourcesFileReader {
    private static final URI UNSET = URI.create("unset:/");

    private final DocumentReader documents;
    private final ReferenceResolver references;

    public SourcesFileReader(DocumentReader documents, ReferenceResolver references) {
        this.documents = documents;
        this.references = references;
    }

    /** Absent if the file does not fit its schema, which {@code problems} then says. */
    public Optional<List<Source>> read(String text, Problems.OfFile problems) {
        return documents
                .read("sources", text, 1, references, problems)
                .map(file -> file.fields("sources").entries().stream()
                        .map(entry -> rest(entry, file.of(entry.value())))
                        .toList());
    }

    private Source rest(Entry entry, YamlFields source) {
        Problems.OfFile problems = source.problems();
        int before = problems.count();
        List<ResponseRule> rules = ResponseRuleSection.read(source);
        List<Resource> resources = source.fields("resources").entries().stream()
                .map(e -> new ResourceSection(e.key(), e.line(), source.of(e.value()), rules).read())
                .toList();
        ResourceLinks links = new ResourceLinks(resources, source.fields("resources"));
        links.refuseUnknown();
        if (problems.count() == before) {
            links.refuseParents();
        }
        links.refuseCircles();
        URI baseUrl = baseUrl(source);
        return new RestSource(
                entry.key(),
                baseUrl,
                (int) source.number("concurrency", 4),
                source.texts("allowed_hosts"),
                headers(source),
                new AuthSection(baseUrl).read(source.fields("auth")),
                source.has("rate") ? Optional.of(rate(source.fields("rate"))) : Optional.empty(),
                retry(source.fields("retry")),
                limits(source.fields("limits")),
                resources,
                problems.place(entry.line()));
    }

    /** Messages never show the URL: it may come from the environment and hold a password. */
    private URI baseUrl(YamlFields source) {
        int line = source.line("base_url");
        URI url = UNSET;
        if (references.equals(ReferenceResolver.deferred())
                && source.required("base_url").contains(ReferenceResolver.UNSET)) {
            return url;
        }
        try {
            url = new URI(source.required("base_url"));
            boolean http = Set.of("http", "https")
                    .contains(Optional.ofNullable(url.getScheme()).orElse(""));
            if (!http || url.getHost() == null) {
                source.problem(line, "\"base_url\" must be http://host or https://host");
            } else if (url.getRawUserInfo() != null) {
                source.problem(line, "\"base_url\" must not hold a user or password; use \"auth\"");
            } else if (url.getRawQuery() != null || url.getRawFragment() != null) {
                source.problem(line, "\"base_url\" must end with its path, without ? or #");
            }
        } catch (URISyntaxException e) {
            source.problem(line, "\"base_url\" is no URL: " + e.getReason());
        }
        return url;
    }

    private static Map<String, Secret> headers(YamlFields source) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        for (Entry header : source.fields("headers").entries()) {
            Scalar value = (Scalar) header.value();
            AuthSection.requireOneLine(value.text(), header.line(), header.key(), source.problems());
            if (AuthSection.mayHoldSecret(header.key()) && !value.secret()) {
                source.problem(
                        header.line(),
                        "The header \"%s\" must be a reference, ${env:NAME} or ${file:/path}: files are no place for secrets"
                                .formatted(header.key()));
            }
            headers.put(header.key(), new Secret(value.text()));
        }
        return headers;
    }

    private static RestSource.Rate rate(YamlFields rate) {
        Duration per = rate.duration("per", "1s");
        if (per.isZero()) {
            rate.problem("per", "\"per\" must be longer than nothing");
        }
        return new RestSource.Rate((int) rate.number("requests", 1), per);
    }

    private static Retry retry(YamlFields retry) {
        return new Retry(
                (int) retry.number("max_attempts", 6),
                retry.duration("initial_delay", "500ms"),
                retry.duration("max_delay", "30s"),
                retry.duration("max_retry_after", "2m"));
    }

    private static Limits limits(YamlFields limits) {
        return new Limits(
                limits.duration("request_timeout", "60s"),
                limits.bytes("max_body", "64MB"),
                (int) limits.number("max_ratio", 200),
                (int) limits.number("max_json_depth", 64),
                (int) Math.min(limits.bytes("max_string", "20MB"), Integer.MAX_VALUE),
                (int) limits.number("max_digits", 1_000),
                limits.number("max_pages", 1_000_000),
                limits.duration("max_time", "1d"));
    }
}
