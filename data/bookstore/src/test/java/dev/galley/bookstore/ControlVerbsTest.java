package dev.galley.ingest.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.local.LocalException;
import java.net.URI;
import org.junit.jupiter.api.Test;

class DemoControlsTest {
    @Test
    void turnsTheSwitchesOfTheSource() {
        try (ScriptedSource source = new ScriptedSource(r -> Answer.json("{\"n\":" + r.number() + "}"))) {
            DemoControls controls = new DemoControls(source.url());

            assertThat(controls.clock()).isEqualTo("{\"n\":1}");
            controls.advance(3);
            controls.faults();
            controls.breakIt("wrong_totals", "{\"region\":\"US-NY\"}");
            controls.heal();

            assertThat(source.requests())
                    .extracting(r -> r.method() + " " + r.path() + " " + r.body())
                    .containsExactly(
                            "GET /admin/clock ",
                            "POST /admin/clock {\"advance_days\":3}",
                            "GET /admin/faults ",
                            "PUT /admin/faults/wrong_totals {\"region\":\"US-NY\"}",
                            "DELETE /admin/faults ");
        }
    }

    @Test
    void saysWhatTheSourceRefused() {
        try (ScriptedSource source = new ScriptedSource(r -> Answer.status(422))) {
            DemoControls controls = new DemoControls(source.url());
            assertThatThrownBy(() -> controls.advance(1))
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining("Cannot POST /admin/clock: " + source.url() + " answered 422");
        }
    }

    @Test
    void saysThatNobodyAnswers() {
        DemoControls controls = new DemoControls(URI.create("http://127.0.0.1:9"));
        assertThatThrownBy(controls::clock)
                .hasMessageContaining("Cannot GET /admin/clock: http://127.0.0.1:9 does not answer");
    }
}
