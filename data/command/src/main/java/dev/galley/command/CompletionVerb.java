package dev.galley.command;

import dev.galley.definition.failure.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley completion}. */
@Command(
        name = "completion",
        description = "Print a script that lets a shell complete verbs and options.",
        footer = {
            "",
            "For this shell: source <(bin/galley completion bash)",
            "For every shell to come: add that line to ~/.bashrc, or ~/.zshrc with zsh."
        })
@Examples({"bash", "zsh"})
final class CompletionVerb extends Verb {
    /** A shell that can be taught. */
    private enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    @SuppressWarnings("UnusedVariable") // one script serves both; who asks for another shell is refused
    private Shell shell = Shell.BASH;

    @Override
    protected int run() {
        CommandLine all = new CommandLine(CommandLine.Model.CommandSpec.create().name("galley"));
        VerbList.ALL.forEach(verb -> all.addSubcommand(verb.name(), new CommandLine(verb.spec())));
        out().print(AutoComplete.bash("galley", all));
        return ExitCode.DONE.number();
    }
}
