package dev.galley.store;

import dev.galley.definition.settings.Settings;
import dev.galley.local.LocalStore;
import dev.galley.local.Machine;
import dev.galley.local.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

final class StandInContractTest extends ServerContract {
    @TempDir
    private static Path state;

    @Override
    Settings.Store settings() {
        return local().start(LocalStore.Choice.STAND_IN, line -> {}).settings(Role.INGEST);
    }

    @AfterAll
    static void stop() {
        local().stop();
    }

    @Override
    protected boolean replacesWhole() {
        return false;
    }

    private static LocalStore local() {
        return new LocalStore(state, "contract", Machine.STAND_IN, Machine.withMinio());
    }
}
