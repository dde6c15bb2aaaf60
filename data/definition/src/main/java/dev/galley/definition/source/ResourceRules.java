package dev.galley.definition.source;

import dev.galley.definition.source.RestSource.ByEtag;
import dev.galley.definition.source.RestSource.ByPosition;
import dev.galley.definition.source.RestSource.ForEach;
import dev.galley.definition.source.RestSource.Method;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.source.RestSource.Shape;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.definition.yaml.NearestWord;
import dev.galley.definition.yaml.YamlFields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the keys of one resource demand of one another. */
record ResourceRules(Resource resource, YamlFields fields) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern BARE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    void check() {
        if (resource.body().isPresent() && resource.method() != Method.POST) {
            at("body", "\"body\" needs \"method: POST\"");
        }
        if (resource.incremental().filter(ByPosition.class::isInstance).isPresent()
                && !(resource.pagination() instanceof Pagination.Position)) {
            at("incremental", "\"by: position\" needs pages of \"style: position\"");
        }
        if (resource.incremental().filter(ByEtag.class::isInstance).isPresent()
                && !(resource.pagination() instanceof Pagination.OneResponse && resource.method() == Method.GET)) {
            at("incremental", "\"by: etag\" is for a list that GET brings in one response, without \"paginate\"");
        }
        if (resource.forEach().isPresent() && resource.incremental().isPresent()) {
            at(
                    "incremental",
                    "\"incremental\" does not go with \"for_each\": what is new is what is new of the parents");
        }
        if (resource.shape() == Shape.RECORD && !(resource.pagination() instanceof Pagination.OneResponse)) {
            at("shape", "\"shape: record\" is for one response, without \"paginate\"");
        }
        if (BARE_PERCENT.matcher(resource.path()).find()) {
            at("path", "\"path\" is sent as it is written; a % that is meant is written %25");
        }
        checkPlaceholders();
    }

    private void checkPlaceholders() {
        List<String> fieldsOfParent = resource.forEach().map(ForEach::fields).orElse(List.of());
        Set<String> used = new LinkedHashSet<>(placeholders(Stream.of(resource.path())));
        if (resource.forEach().isPresent()) {
            used.addAll(placeholders(resource.query().values().stream().map(JsonScalar::text)));
        }
        for (String name : used) {
            if (resource.forEach().isEmpty()) {
                at("path", "{%s} needs \"for_each\", which says whose field it is".formatted(name));
            } else if (!fieldsOfParent.contains(name)) {
                at(
                        "for_each",
                        "{%s} is none of the fields of \"for_each\"%s"
                                .formatted(name, NearestWord.hint(name, fieldsOfParent)));
            }
        }
        for (String name : fieldsOfParent) {
            if (!used.contains(name)) {
                at("for_each", "Neither \"path\" nor \"query\" has {%s}, a field of \"for_each\"".formatted(name));
            }
        }
    }

    private static List<String> placeholders(Stream<String> texts) {
        return texts.flatMap(text -> PLACEHOLDER.matcher(text).results())
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private void at(String key, String message) {
        fields.problem(key, message);
    }
}
