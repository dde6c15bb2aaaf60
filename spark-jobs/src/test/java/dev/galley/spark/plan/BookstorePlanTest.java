package dev.galley.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.spec.Pipeline;
import dev.galley.spec.PipelineReader;
import dev.galley.spec.Table;
import dev.galley.spec.TableName;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookstorePlanTest {
    private final Pipeline pipeline = PipelineReader.read(
            Path.of(System.getProperty("galley.root"), "data/pipelines/bookstore"),
            Map.of("BOOKSTORE_URL", "http://127.0.0.1:1"));

    @Test
    void everyTableComesAfterThoseItReads() {
        Graph graph = Graph.of(pipeline);

        assertThat(graph.tables()).extracting(Table::name).hasSameSizeAs(pipeline.tables());
        assertThat(graph.upstreams(TableName.of("silver.order_lines"))).containsExactly(TableName.of("silver.orders"));
        assertThat(graph.upstreams(TableName.of("gold.top_sales_by_city")))
                .containsExactly(TableName.of("silver.order_lines"), TableName.of("silver.payments"));
        for (Table table : graph.tables()) {
            int place = graph.tables().indexOf(table);
            for (TableName upstream : graph.upstreams(table.name())) {
                assertThat(graph.tables().indexOf(pipeline.table(upstream).orElseThrow()))
                        .as("%s before %s", upstream, table.name())
                        .isLessThan(place);
            }
        }
    }
}
