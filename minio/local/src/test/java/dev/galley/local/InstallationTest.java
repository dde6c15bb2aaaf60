package dev.galley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.settings.Settings;
import dev.galley.definition.yaml.DefinitionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path root;

    @AfterEach
    void stop() {
        open(Map.of()).down();
    }

    @Test
    void whoAsksForSettingsGetsAStoreThatRunsWithAKeyOfItsOwn() throws IOException {
        Settings.Store ingest = settings(Map.of(), Role.INGEST);
        Map<String, String> noted = open(Map.of()).environmentFile().read();

        assertThat(ingest.accessKey()).isEqualTo("galley-ingest");
        assertThat(noted).containsEntry("GALLEY_STORE_ACCESS_KEY", "galley-spark");
        assertThat(settings(noted, Role.INGEST))
                .as("what a shell has sourced is not the user's word")
                .usingRecursiveComparison()
                .isEqualTo(ingest);
        assertThat(writes(ingest, "landing/shop/a")).isTrue();
        assertThat(writes(ingest, "warehouse/shop/a")).isFalse();
        Settings.Store spark = settings(Map.of(), Role.SPARK);
        assertThat(writes(spark, "landing/shop/a")).isFalse();
        assertThat(writes(spark, "warehouse/shop/a")).isTrue();
        assertThat(open(Map.of()).localBytes().orElseThrow()).isBetween(10L, 1_000_000L);
        assertThat(open(Map.of("GALLEY_STORE_ENDPOINT", "http://store")).localBytes())
                .isEmpty();
        assertThat(said).isEmpty();
    }

    @Test
    void aStoreThatWasStoppedIsStartedByWhoNeedsItNext() {
        Settings.Store before = settings(Map.of(), Role.SPARK);
        assertThat(open(Map.of()).down()).isTrue();
        assertThat(open(Map.of()).down()).isFalse();
        assertThat(open(Map.of()).settingsAtRest(Role.SPARK, said::add).store())
                .as("for who asks it nothing")
                .usingRecursiveComparison()
                .isEqualTo(before);
        assertThat(open(Map.of()).down()).as("it ran").isFalse();

        assertThat(settings(Map.of(), Role.SPARK)).usingRecursiveComparison().isEqualTo(before);
        assertThat(open(Map.of()).up(Optional.empty(), said::add))
                .get()
                .isEqualTo(new LocalService(
                        "object store", before.endpoint(), "MinIO, bucket galley", LocalService.Standing.RUNNING));
    }

    @Test
    void aStoreThatTheUserNamesIsTheUsersAndNoneIsStarted() throws IOException {
        Settings.Store local = settings(Map.of(), Role.SPARK);
        Files.writeString(
                root.resolve("galley.yml"),
                "store: {endpoint: \"https://s3.example.com\", access_key: mine, secret_key: mine}\n");

        Settings.Store named = settings(Map.of(), Role.SPARK);

        assertThat(named.endpoint()).hasHost("s3.example.com").isNotEqualTo(local.endpoint());
        assertThat(named.accessKey()).isEqualTo("mine");
        Installation here = open(Map.of());
        assertThat(here.up(Optional.empty(), said::add)).isEmpty();
        assertThat(here.environmentFile().read()).isEmpty();
    }

    @Test
    void whereNoneMayBeStartedTheNextStepIsSaid() {
        assertThatThrownBy(() -> settings(Map.of("GALLEY_LOCAL_STORE", "none"), Role.SPARK))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("No object store");
        assertThatThrownBy(() -> settings(Map.of("GALLEY_LOCAL_STORE", "minnio"), Role.SPARK))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("GALLEY_LOCAL_STORE must be auto, minio, stand_in or none");
        assertThat(root.resolve(".galley/run/store.json")).doesNotExist();
    }

    @Test
    void programsSeeWhatOtherLocalServersNotedUnlessTheUserSaysOtherwise() {
        open(Map.of()).environmentFile().replace(java.util.Set.of(), Map.of("SHOP_URL", "http://127.0.0.1:1"));

        assertThat(open(Map.of()).environment()).containsEntry("SHOP_URL", "http://127.0.0.1:1");
        assertThat(open(Map.of("SHOP_URL", "http://shop")).environment()).containsEntry("SHOP_URL", "http://shop");
    }

    private Settings.Store settings(Map<String, String> more, Role role) {
        return open(more).settings(role, said::add).store();
    }

    private static boolean writes(Settings.Store store, String key) throws IOException {
        int status = new LoopbackHttp(store.endpoint(), new Credentials(store.accessKey(), store.secretKey()))
                .send("PUT", "/" + store.bucket() + "/" + key, key.getBytes(StandardCharsets.UTF_8))
                .status();
        assertThat(status).isIn(200, 403);
        return status == 200;
    }

    /** On a machine with MinIO and nothing that is built. */
    private Installation open(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(Machine.withMinio());
        environment.put("GALLEY_ROOT", root.toString());
        environment.putAll(more);
        return Installation.open(environment);
    }
}
