package dev.galley.definition.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    private static final Map<String, String> STORE = Map.of(
            "GALLEY_STORE_ENDPOINT", "http://127.0.0.1:9000",
            "GALLEY_STORE_ACCESS_KEY", "galley",
            "GALLEY_STORE_SECRET_KEY", "canary");

    @TempDir
    private Path root;

    @Test
    void defaultsAreLocal() {
        Settings settings = SettingsReader.read(root, STORE);

        assertThat(settings.state()).isEqualTo(root.resolve(".galley"));
        assertThat(settings.pipelines()).isEqualTo(root.resolve("data/pipelines"));
        assertThat(settings.catalog())
                .isEqualTo(new Settings.Catalog(
                        "jdbc:sqlite:" + root.resolve(".galley/catalog.db"),
                        Optional.empty(),
                        Optional.empty(),
                        "s3://galley/warehouse"));
        assertThat(settings.store().endpoint()).isEqualTo(URI.create("http://127.0.0.1:9000"));
        assertThat(settings.store().region()).isEqualTo("us-east-1");
        assertThat(settings.store().bucket()).isEqualTo("galley");
    }

    @Test
    void everyKeyOfTheFileIsRead() throws IOException {
        write("""
                state: local/state
                pipelines: /srv/pipelines
                catalog:
                  uri: jdbc:postgresql://db.example:5432/galley?sslmode=verify-full
                  user: publisher
                  password: ${env:PG_PASSWORD}
                  warehouse: s3://lake/tables
                store:
                  endpoint: https://s3.example
                  region: eu-central-1
                  bucket: lake
                  access_key: reader
                  secret_key: ${env:S3_SECRET:-none}
                """);

        Settings settings = SettingsReader.read(root, Map.of("PG_PASSWORD", "p4ss", "S3_SECRET", "s3cret"));

        assertThat(settings.state()).isEqualTo(root.resolve("local/state"));
        assertThat(settings.pipelines()).isEqualTo(Path.of("/srv/pipelines"));
        assertThat(settings.catalog().uri()).isEqualTo("jdbc:postgresql://db.example:5432/galley?sslmode=verify-full");
        assertThat(settings.catalog().user()).contains("publisher");
        assertThat(settings.catalog().password().map(Secret::reveal)).contains("p4ss");
        assertThat(settings.catalog().warehouse()).isEqualTo("s3://lake/tables");
        assertThat(settings.store().endpoint()).isEqualTo(URI.create("https://s3.example"));
        assertThat(settings.store().region()).isEqualTo("eu-central-1");
        assertThat(settings.store().bucket()).isEqualTo("lake");
        assertThat(settings.store().accessKey()).isEqualTo("reader");
        assertThat(settings.store().secretKey().reveal()).isEqualTo("s3cret");
        assertThat(settings.toString()).doesNotContain("p4ss", "s3cret").contains("***");
    }

    @Test
    void everyVariableWinsOverTheFile() throws IOException {
        write("""
                state: a
                pipelines: b
                catalog: {uri: "jdbc:sqlite:c.db", user: d, password: e, warehouse: s3://file/f}
                store: {endpoint: "http://file", region: file, bucket: file, access_key: file, secret_key: file}
                """);
        Map<String, String> environment = Map.ofEntries(
                Map.entry("GALLEY_STATE", "/v/state"),
                Map.entry("GALLEY_PIPELINES", "/v/pipelines"),
                Map.entry("GALLEY_CATALOG_URI", "jdbc:sqlite:/v/catalog.db"),
                Map.entry("GALLEY_CATALOG_USER", "v-user"),
                Map.entry("GALLEY_CATALOG_PASSWORD", "v-password"),
                Map.entry("GALLEY_WAREHOUSE", "s3://v-bucket/warehouse"),
                Map.entry("GALLEY_STORE_ENDPOINT", "http://v:1"),
                Map.entry("GALLEY_STORE_REGION", "v-region"),
                Map.entry("GALLEY_STORE_BUCKET", "v-bucket"),
                Map.entry("GALLEY_STORE_ACCESS_KEY", "v-access"),
                Map.entry("GALLEY_STORE_SECRET_KEY", "v-secret"));

        Settings settings = SettingsReader.read(root, environment);

        assertThat(settings.state()).isEqualTo(Path.of("/v/state"));
        assertThat(settings.pipelines()).isEqualTo(Path.of("/v/pipelines"));
        assertThat(settings.catalog().uri()).isEqualTo("jdbc:sqlite:/v/catalog.db");
        assertThat(settings.catalog().user()).contains("v-user");
        assertThat(settings.catalog().password().map(Secret::reveal)).contains("v-password");
        assertThat(settings.catalog().warehouse()).isEqualTo("s3://v-bucket/warehouse");
        assertThat(settings.store().endpoint()).isEqualTo(URI.create("http://v:1"));
        assertThat(settings.store().region()).isEqualTo("v-region");
        assertThat(settings.store().bucket()).isEqualTo("v-bucket");
        assertThat(settings.store().accessKey()).isEqualTo("v-access");
        assertThat(settings.store().secretKey().reveal()).isEqualTo("v-secret");
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        Map<String, String> environment = new HashMap<>(STORE);
        environment.put("GALLEY_STORE_BUCKET", "");

        assertThat(SettingsReader.read(root, environment).store().bucket()).isEqualTo("galley");
    }

    @Test
    void withoutAStoreTheNextStepIsSaid() {
        assertThatThrownBy(() -> SettingsReader.read(root, Map.of()))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(root.resolve("galley.yml")
                        + ": No object store: set store.endpoint in galley.yml or GALLEY_STORE_ENDPOINT");
    }

    @Test
    void withoutKeysOfTheStoreBothAreNamed() {
        assertThat(problems(Map.of("GALLEY_STORE_ENDPOINT", "http://x")))
                .containsExactly(
                        "galley.yml: No key for the object store: set store.access_key in galley.yml or GALLEY_STORE_ACCESS_KEY",
                        "galley.yml: No key for the object store: set store.secret_key in galley.yml or GALLEY_STORE_SECRET_KEY");
    }

    @Test
    void theFoldersNeedNoStore() {
        assertThat(SettingsReader.readFolders(root, Map.of("GALLEY_STATE", "here")))
                .isEqualTo(new SettingsReader.Folders(root.resolve("here"), root.resolve("data/pipelines")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:mysql://x/y                              | must begin with jdbc:sqlite: or jdbc:postgresql:
            JDBC:SQLITE:x                                 | must begin with jdbc:sqlite: or jdbc:postgresql:
            jdbc:h2:mem:x;INIT=RUNSCRIPT                  | must begin with jdbc:sqlite: or jdbc:postgresql:
            jdbc:sqlite:                                  | must name a file: jdbc:sqlite:/path/to/catalog.db
            jdbc:sqlite::memory:                          | must name a file: jdbc:sqlite:/path/to/catalog.db
            jdbc:sqlite::resource:http://x/evil.db        | must name a file: jdbc:sqlite:/path/to/catalog.db
            jdbc:sqlite:file:x?mode=memory                | must name a file: jdbc:sqlite:/path/to/catalog.db
            jdbc:sqlite:x.db?enable_load_extension=true   | has the parameter "enable_load_extension", which is not allowed
            jdbc:postgresql:galley                        | must be jdbc:postgresql://host:port/database
            jdbc:postgresql://h/d?socketFactory=evil      | has the parameter "socketfactory", which is not allowed
            jdbc:postgresql://h/d?sslmode=require&loggerFile=x | has the parameter "loggerfile", which is not allowed
            jdbc:postgresql://h/d?password=canary         | must not hold a user or password; use catalog.user and GALLEY_CATALOG_PASSWORD
            jdbc:postgresql://u:canary@h/d                | must not hold a user or password; use catalog.user and GALLEY_CATALOG_PASSWORD
            """)
    void aCatalogThatIsNotAllowedIsRefused(String uri, String reason) {
        Map<String, String> environment = new HashMap<>(STORE);
        environment.put("GALLEY_CATALOG_URI", uri);

        assertThat(problems(environment)).containsExactly("environment: GALLEY_CATALOG_URI " + reason);
    }

    @Test
    void problemsOfFileAndEnvironmentComeTogetherAndShowNoSecret() throws IOException {
        write("""
                catalog: {warehouse: file:/tmp, password: [canary]}
                store: {endpoit: http://x}
                """);
        assertThat(problems(STORE))
                .contains(
                        "galley.yml:1: \"catalog.password\" must be text or a number, is a list",
                        "galley.yml:2: Unknown key \"store.endpoit\"; did you mean \"endpoint\"?");

        write("catalog: {warehouse: file:/tmp}\nstore: {endpoint: \"http://u:canary@x/path\", bucket: UP}\n");
        assertThat(problems(Map.of("GALLEY_STORE_ACCESS_KEY", "a", "GALLEY_STORE_SECRET_KEY", "canary")))
                .containsExactly(
                        "galley.yml:1: \"catalog.warehouse\" must be s3://bucket/folder",
                        "galley.yml:2: \"store.bucket\" must be a bucket's name: 3 to 63 lower-case letters, digits, - and .",
                        "galley.yml:2: \"store.endpoint\" must be http://host:port or https://host:port, nothing more");
    }

    private List<String> problems(Map<String, String> environment) {
        DefinitionException e =
                catchThrowableOfType(DefinitionException.class, () -> SettingsReader.read(root, environment));
        assertThat(e).hasMessageNotContaining("canary");
        return e.problems().stream()
                .map(problem -> problem.toString().replace(root + "/", ""))
                .toList();
    }

    private void write(String text) throws IOException {
        Files.writeString(root.resolve("galley.yml"), text);
    }
}
