package dev.galley.command;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import picocli.CommandLine.Option;

/** A verb that prints an answer: as text for people, with {@code --json} for programs. */
public abstract class AnsweringVerb extends Verb {
    /** Rises when something that a program may read is renamed or left out; what is added leaves it as it is. */
    private static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .build();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    static ObjectNode json(Answer answer, boolean isDryRun) {
        ObjectNode versioned = JSON.createObjectNode().put("version", VERSION);
        if (isDryRun) {
            versioned.put("dry_run", true);
        }
        return versioned.setAll(JSON.<ObjectNode>valueToTree(answer.json()));
    }

    /** Does it, and says what came of it. */
    protected abstract Answer answer() throws Exception;

    @Override
    protected final int run() throws Exception {
        Answer answer = answer();
        if (json) {
            out().println(json(answer, isDryRun()).toPrettyString());
        } else {
            answer.text().accept(out());
            if (isDryRun()) {
                out().println("Nothing was changed: --dry-run.");
            }
            name().lines(answer.next()).forEach(out()::println);
        }
        out().flush();
        answer.failures().forEach(this::complain);
        return answer.exitCode().number();
    }

    protected final boolean isJson() {
        return json;
    }

    /** Tells whether the verb only says what it would do. */
    protected boolean isDryRun() {
        return false;
    }
}
