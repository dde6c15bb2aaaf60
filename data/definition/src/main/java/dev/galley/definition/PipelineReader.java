package dev.galley.definition;

import dev.galley.definition.source.Source;
import dev.galley.definition.source.SourcesFileReader;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.SqlFile;
import dev.galley.definition.table.TableFileReader;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.DocumentReader;
import dev.galley.definition.yaml.Problem;
import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.ReferenceResolver;
import dev.galley.definition.yaml.YamlFields;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a pipeline's folder. */
public final class PipelineReader {
    private static final String PIPELINE = "pipeline.yml";
    private static final String SOURCES = "sources.yml";

    private final Path folder;
    private final ReferenceResolver references;
    private final Problems problems = new Problems();
    private final DocumentReader documents = new DocumentReader();
    private final FolderScan scan;

    private PipelineReader(Path folder, ReferenceResolver references) {
        this.folder = folder;
        this.references = references;
        this.scan = new FolderScan(folder, problems);
    }

    /**
     * The pipeline of {@code folder}. {@code tests/} is not looked at.
     *
     * @param environment what <code>${env:NAME}</code> in sources.yml stands for
     * @throws DefinitionException with everything that is wrong in any of its files
     */
    public static Pipeline read(Path folder, Map<String, String> environment) {
        return new PipelineReader(folder, ReferenceResolver.to(environment)).read();
    }

    /**
     * The pipeline of {@code folder} for those who fetch nothing: <code>${env:NAME}</code> without a default stands for
     * {@code unset}, and a base URL with one is {@code unset:/}.
     *
     * @throws DefinitionException with everything that is wrong in any of its files
     */
    public static Pipeline readOffline(Path folder) {
        return new PipelineReader(folder, ReferenceResolver.deferred()).read();
    }

    /**
     * A pipeline as far as its files can be read.
     *
     * @param pipeline the tables and checks whose files could be; empty if pipeline.yml could not
     * @param unread tables whose files could not, and contracts that are wrong
     */
    public record Draft(Optional<Pipeline> pipeline, Set<TableName> unread, List<Problem> problems) {
        public Draft {
            unread = Set.copyOf(unread);
            problems = List.copyOf(problems);
        }
    }

    /** What can be read of the pipeline of {@code folder} by those who fetch nothing, and everything that is wrong. */
    public static Draft draft(Path folder) {
        return new PipelineReader(folder, ReferenceResolver.deferred()).draft();
    }

    private Pipeline read() {
        Draft draft = draft();
        problems.throwIfAny();
        return draft.pipeline().orElseThrow();
    }

    private Draft draft() {
        scan.run();
        Optional<YamlFields> head = scan.text(PIPELINE, "every pipeline has one")
                .flatMap(text ->
                        documents.read("pipeline", text, 1, ReferenceResolver.none(), problems.in(file(PIPELINE))));
        Optional<List<Source>> sources = scan.text(SOURCES, "it says where records come from")
                .flatMap(text -> new SourcesFileReader(documents, references).read(text, problems.in(file(SOURCES))));
        TableFileReader files = new TableFileReader(documents);
        List<TableFileReader.TableFile> tables =
                scan.tables().stream().flatMap(f -> table(files, f).stream()).toList();
        List<CustomCheck> checks =
                scan.checks().stream().flatMap(f -> check(f).stream()).toList();
        TableRules rules = new TableRules(scan.tableNames(), sources);
        tables.forEach(rules::check);
        checks.forEach(check -> rules.check(check, problems.in(check.place().file())));
        Set<Path> wrong = problems.sorted().stream().map(p -> p.place().file()).collect(Collectors.toSet());
        List<PipelineTable> sound = tables.stream()
                .map(TableFileReader.TableFile::table)
                .filter(table -> table instanceof ModelTable || !wrong.contains(table.file()))
                .toList();
        Set<TableName> unread = new HashSet<>(scan.tableNames());
        sound.forEach(table -> unread.remove(table.name()));
        return new Draft(
                head.map(h -> pipeline(h, sources.orElse(List.of()), sound, checks)), unread, problems.sorted());
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private Optional<TableFileReader.TableFile> table(TableFileReader files, FolderScan.TableText file) {
        Problems.OfFile ofFile = problems.in(file.path());
        return file.isSql()
                ? files.model(file.name(), file.text(), ofFile)
                : files.bronze(file.name(), file.text(), ofFile);
    }

    private Optional<CustomCheck> check(FolderScan.CheckText file) {
        Problems.OfFile ofFile = problems.in(file.path());
        return SqlFile.split(file.text(), ofFile)
                .flatMap(sql -> documents
                        .read("check", sql.header(), SqlFile.HEADER_LINE, ReferenceResolver.none(), ofFile)
                        .map(header -> new CustomCheck(
                                file.name(),
                                header.texts("tables").stream()
                                        .map(TableName::of)
                                        .toList(),
                                header.choice("severity", Check.Severity.class, Check.Severity.ERROR),
                                sql.sql(),
                                sql.sqlLine(),
                                ofFile.place(header.line("tables")))));
    }

    private Pipeline pipeline(
            YamlFields head, List<Source> sources, List<PipelineTable> tables, List<CustomCheck> checks) {
        YamlFields retention = head.fields("retention");
        return new Pipeline(
                head.required("name"),
                head.text("description"),
                head.required("owner"),
                head.choice("publish", Pipeline.Publish.class, Pipeline.Publish.AUTO),
                new Pipeline.TagRetention((int) retention.number("daily", 30), (int) retention.number("monthly", 12)),
                folder,
                sources,
                tables,
                checks);
    }
}
