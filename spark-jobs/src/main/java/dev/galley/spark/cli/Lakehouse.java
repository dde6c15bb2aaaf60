package dev.galley.spark.cli;

import dev.galley.command.Verb;
import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.settings.Settings;
import dev.galley.local.Installation;
import dev.galley.local.Role;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.session.Sessions;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/** Opens what verbs work with, as the settings of the project say. */
final class Lakehouse {
    private Lakehouse() {}

    /**
     * Opens the workspace that a verb was started for, and starts the local object store if it is the one that is used and does
     * not run. The caller closes it.
     */
    static Workspace open(Verb verb) {
        Settings settings = Installation.open(verb.environment()).settings(Role.SPARK, verb::say);
        return Workspace.open(settings, Clock.systemUTC());
    }

    /** As {@link #open}, for a verb that reads the ledger and no object: a local store that is stopped stays so. */
    static Workspace openLedger(Verb verb) {
        Settings settings = Installation.open(verb.environment()).settingsAtRest(Role.SPARK, verb::say);
        return Workspace.open(settings, Clock.systemUTC());
    }

    /** Where a verb goes on if it has much to do. */
    static LargeJvm largeJvm(Verb verb) {
        return new LargeJvm(verb.environment(), verb.words());
    }

    /** Reads a pipeline; nothing here fetches, so no secret of a source is asked for. */
    static Pipeline pipeline(Workspace workspace, String name) {
        return PipelineReader.readOffline(workspace.settings().pipelines().resolve(name))
                .underItsName();
    }

    /** Starts Spark, under a name that its pages show, for about so many bytes of input. */
    static SparkSession session(Workspace workspace, String name, long bytes) {
        return Sessions.start(workspace.catalog(), workspace.settings(), "galley " + name, bytes);
    }
}
