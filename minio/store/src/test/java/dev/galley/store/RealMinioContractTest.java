package dev.galley.store;

import dev.galley.definition.settings.Settings;
import dev.galley.local.Role;
import dev.galley.local.SharedMinio;

/** With the ingest's key: it can do what the ingest must. */
final class RealMinioContractTest extends ServerContract {
    @Override
    Settings.Store settings() {
        return SharedMinio.store().settings(Role.INGEST);
    }

    @Override
    protected boolean mayDelete() {
        return false;
    }
}
