package dev.galley.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a verb's {@code --json} keeps to. */
public final class OutputSchema {
    private final JsonSchema schema;

    private OutputSchema(JsonSchema schema) {
        this.schema = schema;
    }

    static Path file(String verb) {
        return Path.of(System.getProperty("galley.root"), "schemas/output", verb + ".schema.json");
    }

    /** Reads the schema of a verb. */
    public static OutputSchema of(String verb) throws IOException {
        return new OutputSchema(
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(file(verb))));
    }

    /** Fails the test if an answer does not keep to it. */
    public void check(Answer answer) {
        check(AnsweringVerb.json(answer, false).toString());
    }

    /** Fails the test if the answer of a dry run does not keep to it. */
    public void checkPlan(Answer plan) {
        check(AnsweringVerb.json(plan, true).toString());
    }

    /** Fails the test if an output does not keep to it. */
    public void check(String json) {
        assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
    }
}
