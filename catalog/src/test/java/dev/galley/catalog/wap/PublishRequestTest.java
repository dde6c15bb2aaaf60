package dev.galley.catalog.wap;

import static dev.galley.catalog.wap.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PublishRequestTest {
    private static final TableName PLAIN = TableName.of("silver.plain");

    @Test
    void aTableNamedTwiceIsRefused() {
        List<Audited> audited = List.of(new Audited(PLAIN, OptionalLong.empty(), 1));
        List<Restored> restored = List.of(new Restored(PLAIN, 2));
        List<TableName> others = List.of(PLAIN);

        refused(audited, List.of(), others);
        refused(audited, restored, List.of());
        refused(List.of(), restored, others);
    }

    private static void refused(List<Audited> audited, List<Restored> restored, List<TableName> others) {
        assertThatThrownBy(() ->
                        new PublishRequest(nextRun(), "p", 1, audited, restored, others, List.of(), List.of(), "{}"))
                .hasMessageContaining("a table is named twice");
    }
}
