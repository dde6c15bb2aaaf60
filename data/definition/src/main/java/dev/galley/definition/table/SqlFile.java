package dev.galley.definition.table;

import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.ReferenceResolver;
import java.util.Optional;

/**
 * A file of SQL with a YAML header between a first line that is {@code /*} and the first line that is its end.
 *
 * @param header the YAML, which begins in line 2
 * @param sql what follows the header
 * @param sqlLine the line where {@code sql} begins
 */
public record SqlFile(String header, String sql, int sqlLine) {
    public static final int HEADER_LINE = 2;

    /** Absent if the file is not built this way, which {@code problems} then says. */
    public static Optional<SqlFile> split(String text, Problems.OfFile problems) {
        String[] lines = text.split("\n", -1);
        if (!lines[0].strip().equals("/*")) {
            problems.at(1, "The file must begin with a line that is /*, then the YAML header, then a line that is */");
            return Optional.empty();
        }
        int end = 1;
        while (end < lines.length && !lines[end].strip().equals("*/")) {
            end++;
        }
        if (end == lines.length) {
            problems.at(1, "The header has no end: no line is */");
            return Optional.empty();
        }
        int headerEnd = offset(lines, end);
        String sql = text.substring(Math.min(text.length(), offset(lines, end + 1)));
        if (isBlank(sql)) {
            problems.at(end + 1, "No SELECT follows the header");
            return Optional.empty();
        }
        for (int i = end + 1; i < lines.length; i++) {
            if (ReferenceResolver.isIn(lines[i])) {
                problems.at(i + 1, "${env:...} and ${file:...} are allowed in sources.yml and galley.yml only");
            }
        }
        return Optional.of(new SqlFile(text.substring(offset(lines, 1), headerEnd), sql, end + 2));
    }

    private static int offset(String[] lines, int line) {
        int offset = 0;
        for (int i = 0; i < line; i++) {
            offset += lines[i].length() + 1;
        }
        return offset;
    }

    private static boolean isBlank(String sql) {
        return sql.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("--"));
    }
}
