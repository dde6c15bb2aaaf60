package dev.galley.definition;

import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.Source;
import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.Contract;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.RowVersion;
import dev.galley.definition.table.TableFileReader.TableFile;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.definition.yaml.NearestWord;
import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.YamlFields;
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
        YamlFields fields = file.fields();
        if (file.table() instanceof BronzeTable bronze) {
            checkSource(bronze, fields);
            new ContractRules(bronze.contract(), fields, resource(bronze)).check();
            checkColumns(bronze, fields.problems());
            checkSnapshot(bronze, fields);
        } else if (file.table() instanceof ModelTable model) {
            checkIncremental(model, fields);
            checkVersion(model, fields);
        }
        for (Check check : file.table().checks()) {
            int line = check.place().line();
            if (check.rule() instanceof CheckRule.Relationships relationships) {
                refuseUnknown(relationships.to(), line, fields.problems());
            }
            if (check.onFail() == Check.OnFail.QUARANTINE) {
                checkQuarantine(file.table(), line, fields.problems());
            }
        }
    }

    private static void checkQuarantine(PipelineTable table, int line, Problems.OfFile problems) {
        if (table instanceof BronzeTable) {
            problems.at(
                    line,
                    "Bronze quarantines what does not fit its contract, and nothing else; say it in the contract, or check"
                            + " in a model");
        } else if (table instanceof ModelTable model && model.write().replaces()) {
            problems.at(
                    line,
                    "A table that is replaced would refuse the same rows in every run; remove \"on_fail\", or use mode"
                            + " append, merge or replace_groups");
        }
    }

    void check(CustomCheck check, Problems.OfFile problems) {
        Check.refuseReserved(check.name(), 0, problems);
        check.tables().forEach(table -> refuseUnknown(table, check.place().line(), problems));
    }

    private void checkSource(BronzeTable table, YamlFields fields) {
        if (sources.isEmpty()) {
            return;
        }
        Optional<Source> source = source(table);
        if (source.isEmpty()) {
            List<String> known = sources.get().stream().map(Source::name).toList();
            fields.problem(
                    "from",
                    "sources.yml has no source \"%s\"%s"
                            .formatted(table.source(), NearestWord.hint(table.source(), known)));
        } else if (!source.get().resourceNames().contains(table.resource())) {
            String hint = NearestWord.hint(table.resource(), source.get().resourceNames());
            fields.problem(
                    "from",
                    "The source \"%s\" has no resource \"%s\"%s".formatted(table.source(), table.resource(), hint));
        }
    }

    private Optional<Source> source(BronzeTable table) {
        return sources.orElse(List.of()).stream()
                .filter(source -> source.name().equals(table.source()))
                .findFirst();
    }

    private Optional<RestSource.Resource> resource(BronzeTable table) {
        return source(table)
                .filter(RestSource.class::isInstance)
                .flatMap(source -> ((RestSource) source)
                        .resources().stream()
                                .filter(resource -> resource.name().equals(table.resource()))
                                .findFirst());
    }

    private static void checkColumns(BronzeTable table, Problems.OfFile problems) {
        List<String> columns =
                table.contract().columns().stream().map(Contract.Column::name).toList();
        for (Check check : table.checks()) {
            for (String column : check.rule().columns()) {
                if (!columns.contains(column) && !column.startsWith("_")) {
                    problems.at(
                            check.place().line(),
                            "The contract has no column \"%s\"%s".formatted(column, NearestWord.hint(column, columns)));
                }
            }
        }
    }

    private void checkSnapshot(BronzeTable table, YamlFields fields) {
        if (!table.snapshot()) {
            return;
        }
        if (table.contract().onMisfit() != Contract.OnMisfit.BLOCK) {
            fields.problem(
                    "on_misfit",
                    "A list without the records that do not fit is not whole, and what it lacks would count as"
                            + " gone; remove \"on_misfit\", or \"snapshot\" in line " + fields.line("from"));
        }
        if (source(table).filter(source -> source.bringsParts(table.resource())).isPresent()) {
            fields.problem(
                    "from",
                    "\"snapshot\": the resource \"%s\" is \"incremental\", so that a batch of it is no whole list"
                            .formatted(table.resource()));
        }
    }

    private static void checkVersion(ModelTable model, YamlFields header) {
        String version = model.write().versions().map(RowVersion::column).orElse("");
        if (model.write().immutable().stream().anyMatch(version::equalsIgnoreCase)) {
            header.problem(
                    "write",
                    "\"immutable\" names the version \"%s\": each newer version would be refused".formatted(version));
        }
        if (model.write() instanceof WriteMode.ReplaceGroups groups
                && groups.group().stream().anyMatch(version::equalsIgnoreCase)) {
            header.problem(
                    "write", "\"group\" names the version \"%s\": no version would replace another".formatted(version));
        }
    }

    private void checkIncremental(ModelTable model, YamlFields header) {
        if (model.incremental() instanceof Incremental.NewRowsOf upstream) {
            refuseUnknown(upstream.table(), header.line("incremental"), header.problems());
            if (upstream.table().equals(model.name())) {
                header.problem("incremental", "\"incremental\": a table cannot be new rows of itself");
            }
            if (model.write().replaces()) {
                header.problem(
                        "write",
                        "With \"new_rows_of\" the SELECT sees the new rows only, so replacing would lose the older ones;"
                                + " use mode append, merge or replace_groups");
            }
        } else if (model.incremental() instanceof Incremental.Affected affected) {
            affected.by().forEach(by -> refuseUnknown(by.table(), header.line("incremental"), header.problems()));
            if (!(model.write() instanceof WriteMode.ReplacePartitions)) {
                header.problem(
                        "incremental",
                        "\"affected\" names partitions to compute anew: it needs write mode replace_partitions");
            }
            if (!model.partition().contains(affected.column())) {
                header.problem(
                        "incremental",
                        "\"affected\" names \"%s\", which must be a term of \"partition\" as it stands"
                                .formatted(affected.column()));
            }
        } else if (model.write() instanceof WriteMode.Append) {
            header.problem(
                    "write",
                    "Mode append would add all rows again in every run; say \"incremental: {new_rows_of: ...}\"");
        } else if (model.write() instanceof WriteMode.ReplaceGroups) {
            header.problem(
                    "write",
                    "Mode replace_groups must know which parents changed, those without rows too; say"
                            + " \"incremental: {new_rows_of: ...}\" with the table of the parents, or use mode replace");
        }
        if (model.write() instanceof WriteMode.ReplacePartitions
                && model.partition().isEmpty()) {
            header.problem("write", "Mode replace_partitions needs \"partition\"");
        }
    }

    private void refuseUnknown(TableName table, int line, Problems.OfFile problems) {
        if (!tables.contains(table)) {
            List<String> known = tables.stream().map(TableName::toString).toList();
            String hint = NearestWord.hint(table.toString(), known, "");
            problems.at(line, "The pipeline has no table \"%s\"%s".formatted(table, hint));
        }
    }
}
