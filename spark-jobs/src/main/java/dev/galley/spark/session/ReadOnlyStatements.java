package dev.galley.spark.session;

import java.util.Locale;
import java.util.Set;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.LocalTempView$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.execution.command.CreateViewCommand;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map$;

/** A parser that refuses, by name, every statement that is not known to read only, whatever catalog it is for. */
final class ReadOnlyStatements implements ParserInterface {
    private static final Set<String> READS = Set.of(
            "SetCommand",
            "ResetCommand",
            "ExplainCommand",
            "SetCatalogCommand",
            "SetNamespaceCommand",
            "SetCatalogAndNamespace",
            "RefreshTable",
            "RefreshFunction",
            "CacheTable",
            "CacheTableAsSelect",
            "UncacheTable",
            "ClearCacheCommand",
            "CreateTempViewUsing",
            "CreateVariable",
            "SetVariable",
            "DropVariable",
            "AddJarsCommand",
            "AddFilesCommand");

    private final ParserInterface parser;

    ReadOnlyStatements(ParserInterface parser) {
        this.parser = parser;
    }

    @Override
    public LogicalPlan parsePlan(String text) throws ParseException {
        LogicalPlan plan = parser.parsePlan(text);
        if (!reads(plan)) {
            ReadOnlyStatements.<RuntimeException>refuse("Cannot " + verb(text)
                    + ": this shell only reads, for what it wrote to main no run would have audited. To do it all the same,"
                    + " start it with --write");
        }
        return plan;
    }

    /** Of the one type that Spark's shell tells in a line, without a stack trace. Java does not know that Scala throws it. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void refuse(String message) throws E {
        throw (E) new AnalysisException(
                message,
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Map$.MODULE$.empty(),
                new QueryContext[0]);
    }

    private static boolean reads(LogicalPlan plan) {
        String kind = plan.getClass().getSimpleName();
        if (plan instanceof CreateViewCommand view) {
            return view.viewType().equals(LocalTempView$.MODULE$);
        }
        if (plan instanceof Command || plan instanceof ParsedStatement) {
            return READS.contains(kind)
                    || kind.startsWith("Show")
                    || kind.startsWith("Describe")
                    || kind.startsWith("List");
        }
        return !kind.startsWith("Insert")
                && JavaConverters.seqAsJavaList(plan.children()).stream().allMatch(ReadOnlyStatements::reads);
    }

    /** INSERT may come after what it inserts. */
    private static String verb(String text) {
        String bare = text.replaceAll("--[^\\n]*|(?s)/\\*.*?\\*/", " ").strip();
        String first = bare.replaceAll("(?s)^(\\w*).*", "$1").toUpperCase(Locale.ROOT);
        return first.isEmpty() || first.equals("WITH") || first.equals("FROM") ? "INSERT" : first;
    }

    @Override
    public Expression parseExpression(String text) throws ParseException {
        return parser.parseExpression(text);
    }

    @Override
    public TableIdentifier parseTableIdentifier(String text) throws ParseException {
        return parser.parseTableIdentifier(text);
    }

    @Override
    public FunctionIdentifier parseFunctionIdentifier(String text) throws ParseException {
        return parser.parseFunctionIdentifier(text);
    }

    @Override
    public Seq<String> parseMultipartIdentifier(String text) throws ParseException {
        return parser.parseMultipartIdentifier(text);
    }

    @Override
    public LogicalPlan parseQuery(String text) throws ParseException {
        return parser.parseQuery(text);
    }

    @Override
    public StructType parseTableSchema(String text) throws ParseException {
        return parser.parseTableSchema(text);
    }

    @Override
    public DataType parseDataType(String text) throws ParseException {
        return parser.parseDataType(text);
    }
}
