package dev.galley.command;

import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.UsageException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley help}. */
@Command(name = "help", description = "List all verbs, or show one with its options and examples.")
@Examples({"", "run"})
final class HelpVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "VERB", description = "A verb of the list.")
    private @Nullable String verb;

    @Override
    protected int run() {
        if (verb == null) {
            out().print(new HelpPage(name()));
        } else {
            help(verb);
        }
        return ExitCode.DONE.number();
    }

    private void help(String asked) {
        CommandLine own = program().line().getSubcommands().get(asked);
        if (own != null) {
            own.usage(out());
            return;
        }
        VerbList.Entry other = VerbList.find(asked).orElseThrow(() -> new UsageException(VerbList.none(asked)));
        out().println(other.summary());
        out().println("It is a verb of another program: " + name().command(List.of(asked, "--help")));
    }
}
