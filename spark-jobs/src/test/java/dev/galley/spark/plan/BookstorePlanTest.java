package dev.galley.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookstorePlanTest {
    private final Pipeline pipeline = PipelineReader.read(
            Path.of(System.getProperty("galley.root"), "data/pipelines/bookstore"),
            Map.of("BOOKSTORE_URL", "http://127.0.0.1:1"));

    @Test
    void everyTableComesAfterThoseItReads() {
        TableGraph graph = TableGraph.of(pipeline);

        assertThat(graph.tables()).extracting(PipelineTable::name).hasSameSizeAs(pipeline.tables());
        assertThat(graph.upstreams(TableName.of("silver.order_lines"))).containsExactly(TableName.of("silver.orders"));
        assertThat(graph.upstreams(TableName.of("gold.top_sales_by_city")))
                .containsExactly(TableName.of("silver.order_lines"), TableName.of("silver.payments"));
        for (PipelineTable table : graph.tables()) {
            int place = graph.tables().indexOf(table);
            for (TableName upstream : graph.upstreams(table.name())) {
                assertThat(graph.tables().indexOf(pipeline.table(upstream).orElseThrow()))
                        .as("%s before %s", upstream, table.name())
                        .isLessThan(place);
            }
        }
    }
}
