package dev.galley.definition.yaml;

import dev.galley.definition.yaml.YamlNode.Mapping;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads YAML texts as maps that fit their schema. */
public final class DocumentReader {
    private final SchemaFiles files = new SchemaFiles();
    private final Map<String, SchemaValidator> schemas = new HashMap<>();

    /**
     * The document's values; absent if anything is wrong with it, which {@code problems} then says.
     *
     * @param schema the name of a file in {@code schemas/}, without its ending
     * @param firstLine the line of the file where {@code text} begins
     */
    public Optional<YamlFields> read(
            String schema, String text, int firstLine, ReferenceResolver references, Problems.OfFile problems) {
        int before = problems.count();
        Optional<YamlFields> fields = YamlParser.parse(text, firstLine, problems)
                .map(node -> references.resolve(node, problems))
                .flatMap(node -> {
                    schemas.computeIfAbsent(schema, name -> new SchemaValidator(name, files))
                            .check(node, problems);
                    return node instanceof Mapping map ? Optional.of(new YamlFields(map, problems)) : Optional.empty();
                });
        return problems.count() == before ? fields : Optional.empty();
    }
}
