package dev.galley.ingest.cli;

import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.definition.failure.UsageException;
import dev.galley.ingest.land.CursorEditor;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.ResourceId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley state}. */
@Command(name = "state", description = "Show where the next ingest of each resource continues, or say where it shall.")
@Examples({"bookstore", "bookstore orders --set 2026-11-20 --dry-run", "bookstore orders --reset"})
final class StateCommand extends ChangingVerb {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads into it
    private final LogFormat log = new LogFormat();

    @Parameters(paramLabel = "PIPELINE", description = "name of a folder in data/pipelines")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RESOURCE",
            description = "only this one, as orders or bookstore.orders")
    private @Nullable String resource;

    @ArgGroup
    private @Nullable Change change;

    /** What to do with the cursor. */
    private static final class Change {
        @Option(
                names = "--set",
                paramLabel = "CURSOR",
                description = "The next ingest continues there: a time, or a position where the cursor is one.")
        private @Nullable String cursor;

        @Option(names = "--reset", description = "The next ingest fetches all there is.")
        @SuppressWarnings("UnusedVariable") // without a cursor, it is this
        private boolean reset;
    }

    @Override
    protected Answer plan() {
        return answer((cursors, id) -> {
            Optional<String> planned = cursors.planned(id, cursor());
            say("The cursor of " + id + " would move to " + planned.orElse("the beginning") + ".");
            return new Move(id.toString(), planned.orElse(null), null);
        });
    }

    @Override
    protected Answer execute() {
        return answer((cursors, id) -> {
            Manifest seal = cursors.move(id, cursor());
            say("Cursor of " + id + " moved by batch " + seal.batch().name() + ", which holds no records.");
            return new Move(
                    id.toString(), seal.cursorTo().orElse(null), seal.batch().name());
        });
    }

    /**
     * A cursor that moved, or would.
     *
     * @param cursor null for the beginning
     * @param batch that moved it; null if it would
     */
    private record Move(
            String resource,
            @Nullable String cursor,
            @Nullable String batch) {}

    private Optional<String> cursor() {
        return Optional.ofNullable(change).map(wanted -> wanted.cursor);
    }

    /** Moves the cursor if one is to move, and shows where those asked for stand. */
    private Answer answer(BiFunction<CursorEditor, ResourceId, Move> move) {
        if (change != null && resource == null) {
            throw new UsageException("Say of which RESOURCE the cursor shall move");
        }
        PipelineRun run = PipelineRun.open(environment(), name, this::say);
        List<ResourceId> wanted = resource == null
                ? run.resources().all()
                : List.of(run.resources().one(resource));
        try (ObjectStore store = run.store()) {
            Landing landing = run.landing(store);
            Map<String, Object> more = change == null
                    ? Map.of()
                    : Map.of("moved", move.apply(new CursorEditor(landing, Clock.systemUTC()), wanted.get(0)));
            return Landed.answer(landing, wanted, more);
        }
    }
}
