package dev.galley.spec;

import java.util.List;

/**
 * A SELECT of offending rows, from {@code checks/}; any row is a failure.
 *
 * @param tables the tables it judges: it runs when one of them is written
 */
public record CustomCheck(
        String name, List<TableName> tables, Check.Severity severity, String sql, int sqlLine, Place place) {
    public CustomCheck {
        tables = List.copyOf(tables);
    }
}
