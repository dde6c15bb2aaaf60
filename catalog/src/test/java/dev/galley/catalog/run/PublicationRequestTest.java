package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublicationRequestTest {
    private static final TableName PLAIN = TableName.of("silver.plain");

    @Test
    void aTableNamedTwiceIsRefused() {
        RunReport.Head head = new RunReport.Head(PLAIN, null, 1);

        refused(List.of(head, head), Map.of());
        refused(List.of(head), Map.of(PLAIN, 2L));
    }

    private static void refused(List<RunReport.Head> heads, Map<TableName, Long> restored) {
        assertThatThrownBy(() -> new Publication.Request(nextRun(), "p", 1, heads, restored, List.of(), "{}"))
                .hasMessageContaining("a table is named twice");
    }
}
