package dev.galley.definition.table;

import dev.galley.definition.table.Contract.Column;
import dev.galley.definition.table.Contract.From;
import dev.galley.definition.table.Contract.Names;
import dev.galley.definition.table.Contract.OnMisfit;
import dev.galley.definition.table.Contract.UnknownFields;
import dev.galley.definition.yaml.DocumentReader;
import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.ReferenceResolver;
import dev.galley.definition.yaml.YamlFields;
import dev.galley.definition.yaml.YamlNode;
import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Mapping;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of tables, {@code <namespace>/<table>.yml} and {@code .sql}, bound to records. */
public final class TableFileReader {
    private final DocumentReader documents;

    public TableFileReader(DocumentReader documents) {
        this.documents = documents;
    }

    /** A table and the fields it was bound from, which know the lines. */
    public record TableFile(PipelineTable table, YamlFields fields) {}

    /** Absent if the file is wrong, which {@code problems} then says. */
    public Optional<TableFile> bronze(TableName name, String text, Problems.OfFile problems) {
        return documents
                .read("bronze", text, 1, ReferenceResolver.none(), problems)
                .map(file -> new TableFile(bronze(name, file), file));
    }

    /** Absent if the file is wrong, which {@code problems} then says. */
    public Optional<TableFile> model(TableName name, String text, Problems.OfFile problems) {
        return SqlFile.split(text, problems)
                .flatMap(sql -> documents
                        .read("model", sql.header(), SqlFile.HEADER_LINE, ReferenceResolver.none(), problems)
                        .map(header -> new TableFile(model(name, header, sql), header)));
    }

    private static BronzeTable bronze(TableName name, YamlFields file) {
        return new BronzeTable(
                name,
                file.text("description"),
                file.fields("from").required("source"),
                file.fields("from").required("resource"),
                file.fields("from").isTrue("snapshot"),
                contract(file),
                file.texts("partition"),
                CheckList.of(file),
                limits(file),
                file.problems().file());
    }

    private static ModelTable model(TableName name, YamlFields header, SqlFile sql) {
        return new ModelTable(
                name,
                header.text("description"),
                write(header),
                incremental(header),
                header.texts("partition"),
                CheckList.of(header),
                limits(header),
                sql.sql(),
                sql.sqlLine(),
                header.problems().file());
    }

    private static Contract contract(YamlFields file) {
        List<Column> columns = file.fields("columns").entries().stream()
                .map(entry -> column(entry, file.of(entry.value())))
                .toList();
        // A list without the records that do not fit is not whole: what it lacks would count as gone.
        OnMisfit otherwise = file.fields("from").isTrue("snapshot") ? OnMisfit.BLOCK : OnMisfit.QUARANTINE;
        return new Contract(
                columns,
                file.choice("names", Names.class, Names.AS_WRITTEN),
                file.choice("unknown_fields", UnknownFields.class, UnknownFields.KEEP),
                file.choice("on_misfit", OnMisfit.class, otherwise));
    }

    private static Column column(Entry entry, YamlFields column) {
        Map<String, ColumnSource> inside = new LinkedHashMap<>();
        column.fields("inside").entries().forEach(field -> inside.put(field.key(), given(column.of(field.value()))));
        return new Column(
                entry.key(),
                column.required("type"),
                column.isTrue("required"),
                column.isTrue("pii"),
                column.text("description"),
                column.choice("from", From.class, From.RECORD),
                given(column),
                inside);
    }

    private static ColumnSource given(YamlFields column) {
        Optional<YamlNode> format = column.node("format");
        return new ColumnSource(
                column.text("field"),
                format.filter(Scalar.class::isInstance).map(text -> ((Scalar) text).text()),
                column.text("zone"),
                format.filter(Mapping.class::isInstance).map(words -> words(column.of(words))));
    }

    private static ValueFormat.Words words(YamlFields words) {
        return new ValueFormat.Words(
                words.node("true").orElseThrow().toJson(),
                words.node("false").orElseThrow().toJson());
    }

    private static WriteMode write(YamlFields header) {
        YamlFields write = header.fields("write");
        return switch (write.text("mode", "replace")) {
            case "append" -> new WriteMode.Append();
            case "merge" ->
                new WriteMode.Merge(write.texts("key"), version(write), write.texts("immutable"), deletion(write));
            case "replace_groups" ->
                new WriteMode.ReplaceGroups(
                        write.texts("group"), version(write), write.texts("immutable"), deletion(write));
            case "replace_partitions" -> new WriteMode.ReplacePartitions();
            default -> new WriteMode.Replace();
        };
    }

    private static RowVersion version(YamlFields write) {
        if (write.node("version").orElseThrow() instanceof Scalar column) {
            return new RowVersion(column.text(), Optional.empty());
        }
        YamlFields version = write.fields("version");
        return new RowVersion(
                version.required("column"), Optional.of(version.choice("as", RowVersion.As.class, RowVersion.As.TEXT)));
    }

    private static Deletion deletion(YamlFields write) {
        return new Deletion(
                write.text("delete_when"), write.choice("deletes", Deletion.Readers.class, Deletion.Readers.HARD));
    }

    private static Incremental incremental(YamlFields header) {
        YamlFields incremental = header.fields("incremental");
        if (incremental.has("new_rows_of")) {
            return new Incremental.NewRowsOf(TableName.of(incremental.required("new_rows_of")));
        }
        if (incremental.has("affected")) {
            Entry affected = incremental.fields("affected").entries().get(0);
            return new Incremental.Affected(
                    affected.key(),
                    ((Sequence) affected.value())
                            .items().stream()
                                    .map(column -> columnOf(((Scalar) column).text()))
                                    .toList());
        }
        return new Incremental.Whole();
    }

    private static Incremental.ColumnOf columnOf(String text) {
        int dot = text.lastIndexOf('.');
        return new Incremental.ColumnOf(TableName.of(text.substring(0, dot)), text.substring(dot + 1));
    }

    private static QuarantineLimits limits(YamlFields table) {
        YamlFields quarantine = table.fields("quarantine");
        QuarantineLimits standard = QuarantineLimits.DEFAULT;
        double warn = quarantine.text("warn").map(TableFileReader::share).orElse(standard.warn());
        double block = quarantine.text("block").map(TableFileReader::share).orElse(standard.block());
        if (block > 1 || warn > 1) {
            table.problem("quarantine", "\"quarantine\": a share is at most 100 %");
            return standard;
        }
        if (warn > block) {
            table.problem("quarantine", "\"quarantine\": warn is above block");
            return standard;
        }
        return new QuarantineLimits(warn, block, quarantine.number("from_rows", standard.fromRows()));
    }

    private static double share(String percent) {
        return new BigDecimal(percent.substring(0, percent.indexOf('%')).strip())
                .movePointLeft(2)
                .doubleValue();
    }
}
