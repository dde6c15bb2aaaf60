package dev.galley.ingest.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.settings.SettingsReader;
import dev.galley.landing.StoreException;
import dev.galley.local.EnvironmentFile;
import dev.galley.local.LocalStore;
import dev.galley.store.MinioObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    private Path root;

    @Test
    void theIngestHasItsOwnKeyAndOtherProgramsAreNotedThatOfSpark() {
        Installation here = Installation.open(environment());
        try {
            List<Service> services = here.up(LocalStore.Choice.MINIO, line -> {});

            Map<String, String> noted = new EnvironmentFile(here.environmentFile()).read();
            assertThat(services).extracting(Service::detail).containsExactly("MinIO, bucket galley");
            assertThat(noted).containsEntry("GALLEY_STORE_ACCESS_KEY", "galley-spark");
            assertThat(here.environment()).containsEntry("GALLEY_STORE_ACCESS_KEY", "galley-ingest");
            assertThat(Installation.open(launched(noted)).environment())
                    .as("what a launcher has sourced is not the user's word")
                    .containsEntry("GALLEY_STORE_ACCESS_KEY", "galley-ingest");
            assertThat(writes(here.environment(), "landing/shop/a")).isTrue();
            assertThat(writes(here.environment(), "warehouse/shop/a")).isFalse();
            assertThat(writes(launched(noted), "landing/shop/a")).isFalse();
            assertThat(writes(launched(noted), "warehouse/shop/a")).isTrue();
        } finally {
            here.down();
        }
    }

    private boolean writes(Map<String, String> environment, String key) {
        try (MinioObjectStore store =
                MinioObjectStore.open(SettingsReader.read(root, environment).store())) {
            store.put(key, key.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED);
            return false;
        }
    }

    private Map<String, String> launched(Map<String, String> noted) {
        Map<String, String> all = environment();
        all.putAll(noted);
        return all;
    }

    /** A machine with MinIO and nothing that is built. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("GALLEY_") && !name.equals("GALLEY_MINIO"));
        environment.remove("BOOKSTORE_URL");
        environment.put("GALLEY_ROOT", root.toString());
        Path built = Path.of(System.getProperty("galley.root", ".."), ".galley", "bin", "minio");
        if (Files.isExecutable(built)) {
            environment.putIfAbsent("GALLEY_MINIO", built.toString());
        }
        return environment;
    }
}
