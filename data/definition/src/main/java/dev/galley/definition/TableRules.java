package dev.galley.definition;

import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.Source;
import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckList;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableFiles.TableFile;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.definition.yaml.NearestWord;
import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.YamlFields;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a table's file says against itself and against the other files of its pipeline. */
final class TableRules {
    private final Set<TableName> tables;
    private final Optional<List<Source>> sources;

    /**
     * @param tables the names of all tables that have a file, whether it could be read or not
     * @param sources absent if sources.yml could not be read: then nothing is said about them
     */
    TableRules(Set<TableName> tables, Optional<List<Source>> sources) {
        this.tables = tables;
        this.sources = sources;
    }

    void check(TableFile file) {
        if (file.table() instanceof BronzeTable bronze) {
            checkSource(bronze, file.fields());
            new ContractRules(bronze.contract(), file.fields(), resource(bronze)).check();
            checkColumns(bronze, file.fields());
            checkSnapshot(bronze, file.fields());
        } else if (file.table() instanceof ModelTable model) {
            checkIncremental(model, file.fields());
            checkVersion(model, file.fields());
        }
        for (Check check : file.table().checks()) {
            if (check.rule() instanceof CheckRule.Relationships relationships) {
                refuseUnknown(
                        relationships.to(), check.place().line(), file.fields().problems());
            }
            if (check.onFail() == Check.OnFail.QUARANTINE) {
                checkQuarantine(
                        file.table(), check.place().line(), file.fields().problems());
            }
        }
    }

    private static void checkQuarantine(PipelineTable table, int line, Problems.OfFile problems) {
        if (table instanceof BronzeTable) {
            problems.at(
                    line,
                    "Bronze quarantines what does not fit its contract, and nothing else; say it in the contract, or check"
                            + " in a model");
        } else if (table instanceof ModelTable model
                && (model.write() instanceof WriteMode.Replace
                        || model.write() instanceof WriteMode.ReplacePartitions)) {
            problems.at(
                    line,
                    "A table that is replaced would refuse the same rows in every run; remove \"on_fail\", or use mode"
                            + " append, merge or replace_groups");
        }
    }

    void check(CustomCheck check, Problems.OfFile problems) {
        CheckList.refuseReserved(check.name(), 0, problems);
        check.tables().forEach(table -> refuseUnknown(table, check.place().line(), problems));
    }

    private void checkSource(BronzeTable table, YamlFields fields) {
        int line = fields.line("from");
        if (sources.isEmpty()) {
            return;
        }
        Optional<Source> source = sources.get().stream()
                .filter(s -> s.name().equals(table.source()))
                .findFirst();
        if (source.isEmpty()) {
            List<String> known = sources.get().stream().map(Source::name).toList();
            fields.problems()
                    .at(
                            line,
                            "sources.yml has no source \"%s\"%s"
                                    .formatted(table.source(), NearestWord.hint(table.source(), known)));
        } else if (!source.get().resourceNames().contains(table.resource())) {
            fields.problems()
                    .at(
                            line,
                            "The source \"%s\" has no resource \"%s\"%s"
                                    .formatted(
                                            table.source(),
                                            table.resource(),
                                            NearestWord.hint(
                                                    table.resource(),
                                                    source.get().resourceNames())));
        }
    }

    private Optional<RestSource.Resource> resource(BronzeTable table) {
        return sources.orElse(List.of()).stream()
                .filter(source -> source.name().equals(table.source()))
                .filter(RestSource.class::isInstance)
                .flatMap(source -> ((RestSource) source).resources().stream())
                .filter(resource -> resource.name().equals(table.resource()))
                .findFirst();
    }

    private static void checkColumns(BronzeTable table, YamlFields fields) {
        List<String> columns =
                table.contract().columns().stream().map(Contract.Column::name).toList();
        for (Check check : table.checks()) {
            for (String column : columns(check.rule())) {
                if (!columns.contains(column) && !column.startsWith("_")) {
                    fields.problems()
                            .at(
                                    check.place().line(),
                                    "The contract has no column \"%s\"%s"
                                            .formatted(column, NearestWord.hint(column, columns)));
                }
            }
        }
    }

    private void checkSnapshot(BronzeTable table, YamlFields fields) {
        if (!table.snapshot()) {
            return;
        }
        if (table.contract().onMisfit() != Contract.OnMisfit.BLOCK) {
            fields.problems()
                    .at(
                            fields.line("on_misfit"),
                            "A list without the records that do not fit is not whole, and what it lacks would count as"
                                    + " gone; remove \"on_misfit\", or \"snapshot\" in line " + fields.line("from"));
        }
        sources.stream()
                .flatMap(List::stream)
                .filter(source -> source.name().equals(table.source()) && source.bringsParts(table.resource()))
                .forEach(source -> fields.problems()
                        .at(
                                fields.line("from"),
                                "\"snapshot\": the resource \"%s\" is \"incremental\", so that a batch of it is no whole list"
                                        .formatted(table.resource())));
    }

    private static Collection<String> columns(CheckRule rule) {
        if (rule instanceof CheckRule.NotNull r) {
            return r.columns();
        } else if (rule instanceof CheckRule.Unique r) {
            return r.columns();
        } else if (rule instanceof CheckRule.AcceptedValues r) {
            return List.of(r.column());
        } else if (rule instanceof CheckRule.AcceptedRange r) {
            return List.of(r.column());
        } else if (rule instanceof CheckRule.Matches r) {
            return List.of(r.column());
        } else if (rule instanceof CheckRule.Relationships r) {
            return r.columns();
        }
        return List.of();
    }

    private static void checkVersion(ModelTable model, YamlFields header) {
        String version = model.write() instanceof WriteMode.Merge merge
                ? merge.version()
                : model.write() instanceof WriteMode.ReplaceGroups groups ? groups.version() : "";
        if (model.write().immutable().stream().anyMatch(version::equalsIgnoreCase)) {
            header.problems()
                    .at(
                            header.line("write"),
                            "\"immutable\" names the version \"%s\": each newer version would be refused"
                                    .formatted(version));
        }
        if (model.write() instanceof WriteMode.ReplaceGroups
                && model.write().key().stream().anyMatch(version::equalsIgnoreCase)) {
            header.problems()
                    .at(
                            header.line("write"),
                            "\"group\" names the version \"%s\": no version would replace another".formatted(version));
        }
    }

    private void checkIncremental(ModelTable model, YamlFields header) {
        Problems.OfFile problems = header.problems();
        int line = header.line("incremental");
        if (model.incremental() instanceof Incremental.NewRowsOf upstream) {
            refuseUnknown(upstream.table(), line, problems);
            if (upstream.table().equals(model.name())) {
                problems.at(line, "\"incremental\": a table cannot be new rows of itself");
            }
            if (model.write() instanceof WriteMode.Replace || model.write() instanceof WriteMode.ReplacePartitions) {
                problems.at(
                        header.line("write"),
                        "With \"new_rows_of\" the SELECT sees the new rows only, so replacing would lose the older ones;"
                                + " use mode append, merge or replace_groups");
            }
        } else if (model.incremental() instanceof Incremental.Affected affected) {
            affected.by().forEach(by -> refuseUnknown(by.table(), line, problems));
            if (!(model.write() instanceof WriteMode.ReplacePartitions)) {
                problems.at(
                        line, "\"affected\" names partitions to compute anew: it needs write mode replace_partitions");
            }
            if (!model.partition().contains(affected.column())) {
                problems.at(
                        line,
                        "\"affected\" names \"%s\", which must be a term of \"partition\" as it stands"
                                .formatted(affected.column()));
            }
        } else if (model.write() instanceof WriteMode.Append) {
            problems.at(
                    header.line("write"),
                    "Mode append would add all rows again in every run; say \"incremental: {new_rows_of: ...}\"");
        } else if (model.write() instanceof WriteMode.ReplaceGroups) {
            problems.at(
                    header.line("write"),
                    "Mode replace_groups must know which parents changed, those without rows too; say"
                            + " \"incremental: {new_rows_of: ...}\" with the table of the parents, or use mode replace");
        }
        if (model.write() instanceof WriteMode.ReplacePartitions
                && model.partition().isEmpty()) {
            problems.at(header.line("write"), "Mode replace_partitions needs \"partition\"");
        }
    }

    private void refuseUnknown(TableName table, int line, Problems.OfFile problems) {
        if (!tables.contains(table)) {
            List<String> known =
                    tables.stream().sorted().map(TableName::toString).toList();
            String hint = NearestWord.to(table.toString(), known)
                    .map(near -> "; did you mean \"" + near + "\"?")
                    .orElse("");
            problems.at(line, "The pipeline has no table \"%s\"%s".formatted(table, hint));
        }
    }
}
