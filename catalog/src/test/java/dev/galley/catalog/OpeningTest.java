package dev.galley.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.settings.Settings;
import dev.galley.definition.yaml.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before, or by, the first connection. */
class OpeningTest {
    @TempDir
    Path folder;

    @Test
    void anyOtherCatalogNameIsRefusedSinceItWouldLookEmpty() {
        Map<String, String> properties = GalleyCatalog.properties(new Lakehouse(folder).settings(), Map.of());
        assertThatThrownBy(() -> CatalogUtil.buildIcebergCatalog("lake", properties, new Configuration(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("under another name than galley it would look empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:/tmp/x",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:",
                "jdbc:sqlite:file:x?mode=memory",
                "jdbc:postgresql://u:hunter2@h/db",
                "jdbc:postgresql://h/db?user=u&password=hunter2",
                "https://rest"
            })
    void otherUrisAreRefusedWithoutRepeatingAPassword(String uri) {
        Settings.Catalog settings = new Settings.Catalog(uri, Optional.empty(), Optional.empty(), folder.toString());
        assertThatThrownBy(() -> GalleyCatalog.open(settings, Map.of(), new Configuration(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot open the catalog: ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void databaseThatDoesNotAnswerIsNamedWithoutThePassword() {
        Settings.Catalog settings = new Settings.Catalog(
                "jdbc:postgresql://127.0.0.1:1/db",
                Optional.of("u"),
                Optional.of(new Secret("hunter2")),
                folder.toString());
        assertThatThrownBy(() -> GalleyCatalog.open(settings, Map.of(), new Configuration(false)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("see that the catalog's database answers")
                .hasMessageNotContaining("hunter2");
        assertThat(GalleyCatalog.properties(settings, Map.of())).containsEntry("jdbc.password", "hunter2");
    }
}
