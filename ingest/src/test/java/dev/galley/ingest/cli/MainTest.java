package dev.galley.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        assertThat(run("ingest", "shop", "--until", "2026-11-21")).isEqualTo(2);
        assertThat(run("ingest", "shop", "--since", "2026-11-21", "--until", "2026-11-21"))
                .isEqualTo(2);
        assertThat(run("ingest", "shop", "--since", "yesterday")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "say both",
                        "the end is not after the beginning",
                        "'yesterday' is neither a date nor an instant");
    }

    private int run(String... arguments) {
        return Main.program(Map.of()).execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
