package dev.galley.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesTheVerbs() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("up", "down", "ingest", "state");
    }

    @Test
    void wrongUsageIsExitTwo() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("ingest")).isEqualTo(2);
        assertThat(run("digest")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required parameter: 'PIPELINE'");
    }

    @Test
    void everyVerbHasTheCommonOptions() {
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            assertThat(command.getCommandSpec().optionsMap()).as(name).containsKeys("-q", "-v", "--json", "--help");
        });
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
