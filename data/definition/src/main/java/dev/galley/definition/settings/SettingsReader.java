package dev.galley.definition.settings;

import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.DocumentReader;
import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.ReferenceResolver;
import dev.galley.definition.yaml.Secret;
import dev.galley.definition.yaml.TextFile;
import dev.galley.definition.yaml.YamlFields;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code galley.yml}. Each value gives way to its {@code GALLEY_*} variable; an empty variable counts as unset. */
public final class SettingsReader {
    private static final String FILE = "galley.yml";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern WAREHOUSE =
            Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_.=-]+)+");

    private final Path root;
    private final Map<String, String> environment;
    private final Problems problems = new Problems();
    private final Optional<YamlFields> file;

    private SettingsReader(Path root, Map<String, String> environment) {
        this.root = root.toAbsolutePath().normalize();
        this.environment = environment;
        this.file = file();
    }

    /**
     * The settings of the installation in {@code root}; paths in them are absolute. Without {@code galley.yml} the defaults
     * hold, but there is no default object store.
     *
     * @throws DefinitionException with everything that is wrong or missing; messages show no secrets
     */
    public static Settings read(Path root, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(root, environment);
        Settings settings = reader.settings();
        reader.problems.throwIfAny();
        return settings;
    }

    /**
     * The folders alone, for what works without a catalog and a store.
     *
     * @throws DefinitionException if {@code galley.yml} does not fit its schema, or a folder's name is none
     */
    public static Folders readFolders(Path root, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(root, environment);
        Folders folders = reader.folders();
        reader.problems.throwIfAny();
        return folders;
    }

    /**
     * Whether an object store is named at all; where none is, a local one serves.
     *
     * @throws DefinitionException if {@code galley.yml} does not fit its schema
     */
    public static boolean namesStore(Path root, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(root, environment);
        boolean named =
                reader.find("GALLEY_STORE_ENDPOINT", "store", "endpoint").isPresent();
        reader.problems.throwIfAny();
        return named;
    }

    /** Absolute paths of local state and of the pipelines. */
    public record Folders(Path state, Path pipelines) {}

    /** A setting: its text and where it was said. */
    private record Value(String text, String label, Problems.OfFile problems, int line) {
        void problem(String message) {
            problems.at(line, label + " " + message);
        }
    }

    private Optional<YamlFields> file() {
        Path path = root.resolve(FILE);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        Problems.OfFile ofFile = problems.in(path);
        return TextFile.read(path, ofFile)
                .flatMap(text ->
                        new DocumentReader().read("galley", text, 1, ReferenceResolver.to(environment), ofFile));
    }

    private Settings settings() {
        Folders folders = folders();
        Settings.Store store = store();
        return new Settings(folders.state(), folders.pipelines(), catalog(folders.state(), store.bucket()), store);
    }

    private Folders folders() {
        return new Folders(
                folder(find("GALLEY_STATE", "state"), ".galley"),
                folder(find("GALLEY_PIPELINES", "pipelines"), "data/pipelines"));
    }

    private Path folder(Optional<Value> value, String otherwise) {
        try {
            return root.resolve(value.map(Value::text).orElse(otherwise)).normalize();
        } catch (InvalidPathException e) {
            value.ifPresent(v -> v.problem("is not the name of a folder"));
            return root;
        }
    }

    private Settings.Catalog catalog(Path state, String bucket) {
        String uri = find("GALLEY_CATALOG_URI", "catalog", "uri")
                .map(value -> {
                    CatalogUri.problem(value.text()).ifPresent(value::problem);
                    return CatalogUri.resolve(value.text(), root);
                })
                .orElse("jdbc:sqlite:" + state.resolve("catalog.db"));
        Optional<Value> warehouse = find("GALLEY_WAREHOUSE", "catalog", "warehouse");
        warehouse
                .filter(value -> !WAREHOUSE.matcher(value.text()).matches())
                .ifPresent(value -> value.problem("must be s3://bucket/folder"));
        return new Settings.Catalog(
                uri,
                find("GALLEY_CATALOG_USER", "catalog", "user").map(Value::text),
                find("GALLEY_CATALOG_PASSWORD", "catalog", "password")
                        .map(Value::text)
                        .map(Secret::new),
                warehouse.map(Value::text).orElse("s3://" + bucket + "/warehouse"));
    }

    private Settings.Store store() {
        Optional<Value> endpoint = find("GALLEY_STORE_ENDPOINT", "store", "endpoint");
        Optional<Value> bucket = find("GALLEY_STORE_BUCKET", "store", "bucket");
        bucket.filter(value -> !BUCKET.matcher(value.text()).matches())
                .ifPresent(
                        value -> value.problem("must be a bucket's name: 3 to 63 lower-case letters, digits, - and ."));
        if (endpoint.isEmpty()) {
            missing("No object store: set store.endpoint in galley.yml or GALLEY_STORE_ENDPOINT");
        }
        return new Settings.Store(
                endpoint.map(SettingsReader::endpoint).orElse(URI.create("http://invalid")),
                find("GALLEY_STORE_REGION", "store", "region").map(Value::text).orElse("us-east-1"),
                bucket.map(Value::text).orElse("galley"),
                key(endpoint, "GALLEY_STORE_ACCESS_KEY", "access_key"),
                new Secret(key(endpoint, "GALLEY_STORE_SECRET_KEY", "secret_key")));
    }

    private String key(Optional<Value> endpoint, String variable, String key) {
        Optional<Value> value = find(variable, "store", key);
        if (endpoint.isPresent() && value.isEmpty()) {
            missing("No key for the object store: set store." + key + " in galley.yml or " + variable);
        }
        return value.map(Value::text).orElse("");
    }

    private static URI endpoint(Value value) {
        try {
            URI uri = new URI(value.text());
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = List.of("", "/")
                            .contains(Optional.ofNullable(uri.getRawPath()).orElse(""))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (http && bare && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below: the message must not repeat the text, which may hold a password.
        }
        value.problem("must be http://host:port or https://host:port, nothing more");
        return URI.create("http://invalid");
    }

    private void missing(String message) {
        problems.in(root.resolve(FILE)).at(0, message);
    }

    /** The variable, else the value in the file at {@code keys}. */
    private Optional<Value> find(String variable, String... keys) {
        String label = "\"" + String.join(".", keys) + "\"";
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isEmpty())
                .map(text -> new Value(text, variable, problems.in(Path.of("environment")), 0))
                .or(() -> file.flatMap(fields -> {
                    YamlFields parent = keys.length == 1 ? fields : fields.fields(keys[0]);
                    String key = keys[keys.length - 1];
                    return parent.text(key).map(text -> new Value(text, label, fields.problems(), parent.line(key)));
                }));
    }
}
