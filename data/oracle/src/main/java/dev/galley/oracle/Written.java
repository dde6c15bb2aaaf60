package dev.galley.oracle;

import dev.galley.oracle.pipeline.Row;
import java.util.List;
import java.util.Map;

/** What a write comes to. */
record Written(List<Row> rows, List<Waiting> waiting, Map<String, Object> gone, Counts counts) {}
