package dev.galley.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code env} of a state folder, where local servers note where they are: lines {@code export NAME='value'} that a
 * shell can source. It is readable by its owner only.
 */
public final class EnvironmentFile {
    private static final Pattern LINE = Pattern.compile("export ([A-Z_]+)='((?:[^']|'\\\\'')*)'");

    private final StateFolder state;

    /** The file of a state folder, {@code .galley}; it need not be there. */
    public EnvironmentFile(Path state) {
        this.state = new StateFolder(state.toAbsolutePath().normalize());
    }

    /** The file, for people. */
    public Path path() {
        return state.environment();
    }

    /** The variables, in their order; none if there is no file. Other lines are passed over. */
    public Map<String, String> read() {
        Map<String, String> variables = new LinkedHashMap<>();
        state.read(path(), text -> text).stream().flatMap(String::lines).forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                variables.put(matcher.group(1), matcher.group(2).replace("'\\''", "'"));
            }
        });
        return variables;
    }

    /** Puts variables in place of those with these names; readers see the old file or the new one. */
    public void replace(Set<String> names, Map<String, String> variables) {
        state.locked("env.lock", () -> {
            Map<String, String> before = read();
            Map<String, String> now = new LinkedHashMap<>(before);
            now.keySet().removeAll(names);
            now.putAll(variables);
            if (!now.equals(before)) {
                StringBuilder text = new StringBuilder();
                now.forEach((name, value) -> text.append("export ")
                        .append(name)
                        .append("='")
                        .append(value.replace("'", "'\\''"))
                        .append("'\n"));
                state.write(path(), text.toString());
            }
            return now;
        });
    }
}
