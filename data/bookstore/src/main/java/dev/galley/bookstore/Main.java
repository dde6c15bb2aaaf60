package dev.galley.bookstore;

import dev.galley.bookstore.fault.FaultSwitches;
import dev.galley.bookstore.server.AccessTokens;
import dev.galley.bookstore.server.Auth;
import dev.galley.bookstore.server.BookstoreServer;
import dev.galley.bookstore.world.BookstoreException;
import dev.galley.bookstore.world.VirtualClock;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.definition.failure.GalleyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the bookstore until the process is stopped; its verbs start and stop such a process and turn its switches. */
@Command(
        name = "bookstore",
        description = "The mock bookstore: a REST source.",
        mixinStandardHelpOptions = true,
        subcommands = {
            OracleCommand.class,
            ControlVerbs.Start.class,
            ControlVerbs.Stop.class,
            ControlVerbs.Status.class,
            ControlVerbs.Clock.class,
            ControlVerbs.NextDay.class,
            ControlVerbs.Fault.class,
            ControlVerbs.Heal.class
        })
final class Main implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int REFUSED = 2;

    @Option(names = "--host", description = "to listen on (127.0.0.1)")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "0: any that is free (0)")
    private int port = 0;

    @Option(names = "--state", description = "directory of the world, its clock and its faults")
    private @Nullable Path state;

    @Option(names = "--max-limit", description = "largest page (250)")
    private int maxLimit = 250;

    @Option(names = "--now", description = "moves the virtual clock")
    private @Nullable Instant now;

    @Option(names = "--url-file", description = "gets the URL once the server answers")
    private @Nullable Path urlFile;

    @Option(names = "--auth", description = "what a client must bring: ${COMPLETION-CANDIDATES} (NONE)")
    private Auth.Lock lock = Auth.Lock.NONE;

    @Option(names = "--auth-client", description = "its id, for OAUTH2 (galley)")
    private String client = "galley";

    @Option(
            names = "--auth-secret",
            defaultValue = "${env:BOOKSTORE_SECRET:-bookstore}",
            description = "its key, token or secret (the variable BOOKSTORE_SECRET, else bookstore)")
    private String secret = "";

    @Option(names = "--token-seconds", description = "for which an access token is good (300)")
    private long tokenSeconds = Auth.USUAL_LIFETIME.toSeconds();

    @Mixin
    private WorldOptions wishes = new WorldOptions();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    if (failure instanceof BookstoreException || failure instanceof GalleyException) {
                        commandLine.getErr().println(failure.getMessage());
                        return failure instanceof BookstoreException ? REFUSED : FAILED;
                    }
                    throw failure;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (state == null) {
            throw new BookstoreException("Cannot start the bookstore: --state DIR is missing");
        }
        World world = World.of(WorldFile.in(state).settings(wishes));
        VirtualClock clock = VirtualClock.in(state, world.settings().firstNow());
        if (now != null) {
            clock.moveTo(now);
        }
        AccessTokens tokens = new AccessTokens(InstantSource.system(), Duration.ofSeconds(tokenSeconds));
        Auth auth = new Auth(lock, client, secret, tokens);
        BookstoreServer server =
                new BookstoreServer(world, clock, new FaultSwitches(world, state), auth, maxLimit, host, port);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        if (urlFile != null) {
            Files.writeString(urlFile, server.url() + "\n");
        }
        world.settings()
                .booksCsv()
                .ifPresent(file -> System.out.println(world.realBooks().books().size() + " books from " + file + ", "
                        + world.realBooks().leftOut() + " rows left out"));
        System.out.println("bookstore at " + server.url() + ", virtual time " + Instants.text(clock.now()));
        new CountDownLatch(1).await();
        return 0;
    }
}
