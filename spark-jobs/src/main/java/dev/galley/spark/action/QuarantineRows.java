package dev.galley.spark.action;

import dev.galley.catalog.run.RunId;
import dev.galley.definition.Pipeline;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.spark.audit.PersonalData;
import dev.galley.spark.audit.Refusal;
import dev.galley.spark.audit.Refusals;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.sql.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The refused rows of a pipeline's tables, as people and other programs read them. */
public final class QuarantineRows {
    private final Workspace workspace;
    private final SparkSession session;
    private final Pipeline pipeline;

    /** @param session on the catalog of {@code workspace} */
    public QuarantineRows(Workspace workspace, SparkSession session, Pipeline pipeline) {
        this.workspace = workspace;
        this.session = session;
        this.pipeline = pipeline;
    }

    /**
     * Which rows.
     *
     * @param table of this table; left out: of all
     * @param run what that run refused, on its branch if it is not published; left out: what is published
     * @param released those, too, that wait no more
     */
    public record Which(Optional<TableName> table, Optional<RunId> run, boolean released) {
        String condition() {
            return run.map(id -> "run_id = '" + id + "'").orElse("true")
                    + (released || run.isPresent() ? "" : " AND released_run IS NULL");
        }
    }

    /**
     * Why they were refused, by table, check and field; values of persons are not shown.
     *
     * @throws UsageException if the pipeline has no such table
     */
    public List<Refusal> reasons(Which which) {
        Refusals refusals = new Refusals(session, new PersonalData(session, pipeline.tables()));
        List<Refusal> reasons = new ArrayList<>();
        for (PipelineTable table : tables(which)) {
            relation(table, which)
                    .ifPresent(relation -> reasons.addAll(refusals.of(table, relation, which.condition())));
        }
        return reasons;
    }

    /**
     * Writes the rows themselves, one JSON object a line, with {@code table} and the columns of the quarantine; the number of
     * lines. Nothing is hidden: it is a copy.
     *
     * @throws UsageException if the pipeline has no such table
     */
    public long export(Which which, Writer to) {
        long lines = 0;
        for (PipelineTable table : tables(which)) {
            Optional<String> relation = relation(table, which);
            if (relation.isPresent()) {
                Dataset<Row> rows = session.sql("SELECT '" + table.name() + "' AS `table`, * FROM " + relation.get()
                        + " WHERE " + which.condition());
                lines += write(rows.selectExpr("to_json(struct(*), map('ignoreNullFields', 'false'))"), to);
            }
        }
        return lines;
    }

    private static long write(Dataset<Row> json, Writer to) {
        long lines = 0;
        try {
            for (Iterator<Row> rows = json.toLocalIterator(); rows.hasNext(); lines++) {
                to.append(rows.next().getString(0)).append('\n');
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<PipelineTable> tables(Which which) {
        if (which.table().isEmpty()) {
            return pipeline.tables();
        }
        TableName name = which.table().get();
        return List.of(pipeline.table(name)
                .orElseThrow(() -> new UsageException("Pipeline " + pipeline.name() + " has no table " + name
                        + "; it has "
                        + pipeline.tables().stream()
                                .map(t -> t.name().toString())
                                .toList())));
    }

    /** For FROM; empty if the table never refused a row there. */
    private Optional<String> relation(PipelineTable table, Which which) {
        TableName name = table.name().quarantine();
        if (!workspace.catalog().exists(name)) {
            return Optional.empty();
        }
        String relation = Sql.name(name);
        if (which.run().isEmpty()) {
            return Optional.of(relation);
        }
        RunId run = which.run().get();
        return List.of(run.branch(), run.tag()).stream()
                .filter(workspace.catalog().load(name).refs()::containsKey)
                .findFirst()
                .map(reference -> relation + " VERSION AS OF '" + reference + "'");
    }
}
