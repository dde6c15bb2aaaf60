package dev.galley.ingest.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.source.RestSource;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.landing.Batch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store dies at every call of an ingest in turn. */
class CrashTest {
    @TempDir
    Path spool;

    @Test
    void whateverCallIsTheLastABatchIsWholeOrNotThereAndTheNextIngestLandsAll() {
        try (ScriptedSource server = new ScriptedSource(CrashTest::page)) {
            RestSource source = Declared.source(
                    server.url(),
                    Declared.resource(
                            "books",
                            "",
                            Declared.page(
                                    "page", Declared.size("n", 10), Optional.of("X-Total-Count"), Optional.empty())));
            List<String> seen = new ArrayList<>();
            for (int calls = 0; !seen.contains("sealed"); calls++) {
                seen.add(crashAfter(calls, source));
            }
            assertThat(seen).hasSizeGreaterThan(3).contains("failed");
        }
    }

    /** Returns what the ingest said that had only so many calls. */
    private String crashAfter(int calls, RestSource source) {
        FailingStore store = new FailingStore();
        Lakeside lake = new Lakeside(store);
        store.dieAfter(calls);
        IngestOutcome outcome = lake.ingest(spool, source).outcomes().get(0);
        store.live();

        List<Batch> visible = lake.batches("books");
        assertThat(spool).isEmptyDirectory();
        if (visible.isEmpty()) {
            assertThat(outcome.status()).isEqualTo("failed");
            assertThat(outcome.detail()).contains("s3://lake");
            lake.ingest(spool, source);
        }
        assertThat(lake.batches("books")).hasSize(1);
        assertThat(lake.records("books", 1))
                .as("after %d calls", calls)
                .hasSize(25)
                .doesNotHaveDuplicates();
        assertThat(lake.ingest(spool, source).outcomes().get(0).status()).isEqualTo("unchanged");
        return outcome.status();
    }

    private static Answer page(Request r) {
        int from = 10 * (r.number("page", 1) - 1);
        StringBuilder body = new StringBuilder("[");
        for (int i = from; i < Math.min(25, from + 10); i++) {
            body.append(i == from ? "" : ",").append("{\"id\":").append(i).append('}');
        }
        return Answer.json(body.append(']').toString()).with("X-Total-Count", "25");
    }
}
