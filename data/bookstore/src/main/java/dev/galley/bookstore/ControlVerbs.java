package dev.galley.bookstore;

import dev.galley.bookstore.list.Answer;
import dev.galley.bookstore.world.BookstoreException;
import dev.galley.local.LocalException;
import dev.galley.local.LoopbackHttp;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs that start, stop and control the bookstore of an installation. Answers of the bookstore are its own JSON. */
final class ControlVerbs {
    private ControlVerbs() {}

    /** A verb on the bookstore of the installation in {@code GALLEY_ROOT}. */
    @Command(mixinStandardHelpOptions = true)
    abstract static class Control implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Option(
                names = {"-q", "--quiet"},
                description = "Say nothing but errors.")
        private boolean quiet;

        /** Opens the installation; only the verb that runs needs it. */
        static LocalBookstore bookstore() {
            return new LocalBookstore(System.getenv());
        }

        void print(String text) {
            if (!quiet) {
                PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
                out.println(text.strip());
                out.flush();
            }
        }

        /** Asks the bookstore to do something. */
        String ask(String method, String path, String json) {
            String start =
                    "; start it: " + System.getenv().getOrDefault("BOOKSTORE_STARTED_AS", "bin/bookstore") + " start";
            LoopbackHttp http = bookstore()
                    .url()
                    .map(LoopbackHttp::new)
                    .orElseThrow(() -> new BookstoreException("There is no bookstore yet" + start));
            try {
                return http.call(method, path, json);
            } catch (LocalException e) {
                throw http.answers("/healthz") ? e : new BookstoreException(e.getMessage() + start);
            }
        }
    }

    /** A verb that says whether the bookstore runs. */
    abstract static class Report extends Control {
        @Option(names = "--json", description = "Print the result as JSON.")
        private boolean json;

        void print(String state, Optional<URI> url) {
            print(
                    json
                            ? Answer.of(fields ->
                                            fields.text("bookstore", state).text("url", url.map(URI::toString)))
                                    .body()
                            : "bookstore " + state + url.map(at -> " at " + at).orElse(""));
        }
    }

    /** {@code bookstore start}. */
    @Command(
            name = "start",
            description = {
                "Start the bookstore of this installation, if it does not run.",
                "GALLEY_BOOKSTORE_OPTIONS are added to its command line; it keeps its world from the first start."
            })
    static final class Start extends Report {
        @Override
        public Integer call() {
            LocalBookstore bookstore = bookstore();
            if (bookstore.isForeign()) {
                print("foreign", bookstore.url());
            } else {
                boolean ran = bookstore.running().isPresent();
                print(ran ? "running" : "started", Optional.of(bookstore.start()));
            }
            return 0;
        }
    }

    /** {@code bookstore stop}. */
    @Command(name = "stop", description = "Stop the bookstore of this installation; its world stays.")
    static final class Stop extends Report {
        @Override
        public Integer call() {
            print(bookstore().stop() ? "stopped" : "did not run", Optional.empty());
            return 0;
        }
    }

    /** {@code bookstore status}. */
    @Command(name = "status", description = "Say whether the bookstore of this installation runs (exit code 1: no).")
    static final class Status extends Report {
        @Override
        public Integer call() {
            Optional<URI> running = bookstore().running();
            print(running.isPresent() ? "running" : "stopped", running);
            return running.isPresent() ? 0 : 1;
        }
    }

    /** {@code bookstore clock}. */
    @Command(name = "clock", description = "Show the virtual clock, or move it on by days.")
    static final class Clock extends Control {
        @Option(names = "--advance", paramLabel = "DAYS", description = "how many days to move it on")
        private int days;

        @Override
        public Integer call() {
            print(
                    days == 0
                            ? ask("GET", "/admin/clock", "")
                            : ask("POST", "/admin/clock", "{\"advance_days\":" + days + "}"));
            return 0;
        }
    }

    /** {@code bookstore next-day}. */
    @Command(name = "next-day", description = "Move the virtual clock one day on.")
    static final class NextDay extends Control {
        @Override
        public Integer call() {
            print(ask("POST", "/admin/clock", "{\"advance_days\":1}"));
            return 0;
        }
    }

    /** {@code bookstore fault [NAME]}. */
    @Command(name = "fault", description = "Show the faults that are on, or turn one on.")
    static final class Fault extends Control {
        @Parameters(
                paramLabel = "NAME",
                description = "wrong_totals, bad_rows, ... as the bookstore's README lists them",
                arity = "0..1",
                defaultValue = "")
        private String name = "";

        @Option(names = "--settings", paramLabel = "JSON", description = "settings of the fault ({})")
        private String settings = "{}";

        @Override
        public Integer call() {
            print(name.isEmpty() ? ask("GET", "/admin/faults", "") : ask("PUT", "/admin/faults/" + name, settings));
            return 0;
        }
    }

    /** {@code bookstore heal}. */
    @Command(name = "heal", description = "Turn all faults off.")
    static final class Heal extends Control {
        @Override
        public Integer call() {
            ask("DELETE", "/admin/faults", "");
            print("All faults are off.");
            return 0;
        }
    }
}
