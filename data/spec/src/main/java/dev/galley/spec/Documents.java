package dev.galley.spec;

import dev.galley.spec.YamlNode.Mapping;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads YAML texts as maps that fit their schema. */
final class Documents {
    private final SchemaFiles files = new SchemaFiles();
    private final Map<String, Schema> schemas = new HashMap<>();

    /**
     * The document's values; absent if anything is wrong with it, which {@code problems} then says.
     *
     * @param schema the name of a file in {@code schemas/}, without its ending
     * @param firstLine the line of the file where {@code text} begins
     */
    Optional<Fields> read(String schema, String text, int firstLine, References references, Problems.OfFile problems) {
        int before = problems.count();
        Optional<Fields> fields = YamlParser.parse(text, firstLine, problems)
                .map(node -> references.resolve(node, problems))
                .flatMap(node -> {
                    schemas.computeIfAbsent(schema, name -> new Schema(name, files))
                            .check(node, problems);
                    return node instanceof Mapping map ? Optional.of(new Fields(map, problems)) : Optional.empty();
                });
        return problems.count() == before ? fields : Optional.empty();
    }
}
