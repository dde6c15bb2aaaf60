package dev.galley.spark.session;

import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Among {@code spark.sql.extensions}, makes a session one that only reads: see {@link ReadOnlyStatements}. */
public final class ReadOnlyExtension extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    /** Called by Spark, by name. */
    public ReadOnlyExtension() {}

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectParser((session, parser) -> new ReadOnlyStatements(parser));
        return BoxedUnit.UNIT;
    }
}
