package dev.galley.store;

import dev.galley.spec.Secret;
import dev.galley.spec.Settings;
import java.net.URI;

/**
 * A local object store that answers.
 *
 * @param endpoint on the loopback address
 * @param bucket there, and empty on the first start
 */
public record RunningStore(
        LocalStore.Kind kind, URI endpoint, String bucket, String accessKey, Secret secretKey, long pid) {
    static final String REGION = "us-east-1";

    /** What a client needs to use it. */
    public Settings.Store settings() {
        return new Settings.Store(endpoint, REGION, bucket, accessKey, secretKey);
    }
}
