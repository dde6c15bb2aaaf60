package dev.galley.oracle.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A pipeline as the files that the engine reads. */
public final class PipelineFiles {
    private PipelineFiles() {}

    /** ValueText by path inside the pipeline's folder. */
    public static Map<String, String> of(Pipeline pipeline) {
        Map<String, String> files = new TreeMap<>();
        files.put("pipeline.yml", "name: " + Pipeline.NAME + "\nowner: tests\n");
        files.put(
                "sources.yml",
                "sources:\n  " + Pipeline.SOURCE
                        + ":\n    kind: rest\n    base_url: http://localhost:1\n    resources:\n"
                        + pipeline.bronzes()
                                .map(b -> "      " + b.resource() + ": {path: /" + b.resource() + "}\n")
                                .collect(Collectors.joining()));
        pipeline.bronzes().forEach(b -> files.put(path(b, ".yml"), yaml(b)));
        pipeline.models().forEach(m -> files.put(path(m, ".sql"), sql(m, hasTextVersions(pipeline))));
        return files;
    }

    private static String path(Table table, String ending) {
        return table.name().replace('.', '/') + ending;
    }

    private static String yaml(Table.Bronze bronze) {
        StringBuilder yaml = new StringBuilder("from: {source: " + Pipeline.SOURCE + ", resource: " + bronze.resource()
                + (bronze.snapshot() ? ", snapshot: true" : "") + "}\ncolumns:\n");
        for (Column column : bronze.columns()) {
            yaml.append("  %s: {type: \"%s\"%s}\n"
                    .formatted(column.name(), column.type().sql(), column.required() ? ", required: true" : ""));
        }
        if (!bronze.partition().isEmpty()) {
            yaml.append("partition: ").append(flow(bronze.partition())).append('\n');
        }
        return yaml.toString();
    }

    private static boolean hasTextVersions(Pipeline pipeline) {
        return pipeline.bronzes()
                .flatMap(b -> b.columns().stream())
                .anyMatch(c -> c.name().equals("v") && c.type() == Type.Scalar.STRING);
    }

    private static String sql(Table.Model model, boolean textVersions) {
        List<String> header = new ArrayList<>();
        header.add("write: " + write(model.write(), textVersions));
        incremental(model, header);
        if (!model.partition().isEmpty()) {
            header.add("partition: " + flow(model.partition()));
        }
        if (!model.checks().isEmpty()) {
            header.add("checks:");
            model.checks().forEach(check -> header.add("  - " + check(check)));
        }
        return "/*\n" + String.join("\n", header) + "\n*/\n" + model.select().sql(model.from()) + "\n";
    }

    private static void incremental(Table.Model model, List<String> header) {
        if (model.incremental() == Table.Incremental.NEW_ROWS) {
            header.add("incremental: {new_rows_of: " + model.from() + "}");
        } else if (model.incremental() == Table.Incremental.AFFECTED) {
            String column = model.partition().get(0);
            header.add("incremental: {affected: {%s: [%s.%s]}}".formatted(column, model.from(), column));
        }
    }

    private static String write(Table.Write write, boolean textVersions) {
        if (write instanceof KeyedWriteMode keyed) {
            return "{mode: " + (keyed.groups() ? "replace_groups, group: " : "merge, key: ") + flow(keyed.key())
                    + ", version: "
                    + (textVersions ? "{column: " + keyed.version() + ", as: bigint}" : keyed.version())
                    + (keyed.immutable().isEmpty() ? "" : ", immutable: " + flow(keyed.immutable()))
                    + keyed.gone()
                            .map(c -> ", delete_when: \"" + c.sql() + "\"")
                            .orElse("")
                    + (keyed.soft() ? ", deletes: soft" : "") + "}";
        }
        return write instanceof Table.Append
                ? "{mode: append}"
                : write instanceof Table.Replace ? "{mode: replace}" : "{mode: replace_partitions}";
    }

    private static String check(Check check) {
        String options = ", name: " + check.name() + (check.quarantines() ? ", on_fail: quarantine" : "") + "}";
        Check.Rule rule = check.rule();
        if (rule instanceof Check.NotNull r) {
            return "not_null: {columns: [" + r.column() + "]" + options;
        }
        if (rule instanceof Check.Least r) {
            return "accepted_range: {column: " + r.column() + ", min: " + r.min() + options;
        }
        if (rule instanceof Check.Holds r) {
            return "expression: {rule: \"" + r.condition().sql() + "\"" + options;
        }
        if (rule instanceof Check.Partner r) {
            return "relationships: {columns: " + flow(r.columns()) + ", to: " + r.table() + ", to_columns: "
                    + flow(r.partners()) + options;
        }
        return "unique: {columns: " + flow(((Check.Unique) rule).columns()) + options;
    }

    private static String flow(List<String> words) {
        return words.stream()
                .map(word -> word.contains("(") ? "\"" + word + "\"" : word)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
