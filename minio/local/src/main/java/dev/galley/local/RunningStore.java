package dev.galley.local;

import dev.galley.definition.settings.Settings;
import java.net.URI;
import java.util.Map;

/**
 * A local object store that answers.
 *
 * @param endpoint on the loopback address
 * @param bucket there, and empty on the first start
 * @param owner may do everything
 * @param keys of the roles; none where the server knows its owner only: the stand-in
 */
public record RunningStore(
        LocalStore.Kind kind, URI endpoint, String bucket, Credentials owner, Map<Role, Credentials> keys, long pid) {
    static final String REGION = "us-east-1";

    public RunningStore {
        keys = Map.copyOf(keys);
    }

    /** What its owner needs to use it. */
    public Settings.Store settings() {
        return settings(owner);
    }

    /** What a program of this role needs to use it: the role's key if there is one, else the owner's. */
    public Settings.Store settings(Role role) {
        return settings(keys.getOrDefault(role, owner));
    }

    private Settings.Store settings(Credentials key) {
        return new Settings.Store(endpoint, REGION, bucket, key.accessKey(), key.secretKey());
    }
}
