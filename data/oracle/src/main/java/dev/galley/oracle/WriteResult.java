package dev.galley.oracle;

import dev.galley.oracle.pipeline.Row;
import java.util.List;
import java.util.Map;

/** What a write comes to. */
record WriteResult(List<Row> rows, List<WaitingRow> waiting, Map<String, Object> gone, WriteCounts counts) {}
