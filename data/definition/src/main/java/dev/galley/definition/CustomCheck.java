package dev.galley.definition;

import dev.galley.definition.table.Check;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.FileLocation;
import java.util.List;

/**
 * A SELECT of offending rows, from {@code checks/}; any row is a failure.
 *
 * @param tables the tables it judges: it runs when one of them is written
 */
public record CustomCheck(
        String name, List<TableName> tables, Check.Severity severity, String sql, int sqlLine, FileLocation place) {
    public CustomCheck {
        tables = List.copyOf(tables);
    }
}
