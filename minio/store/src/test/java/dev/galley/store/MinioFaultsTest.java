package dev.galley.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.settings.Settings;
import dev.galley.landing.FaultyProxy;
import dev.galley.landing.FaultyProxy.Fault;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.StoreException;
import dev.galley.landing.StoreFaultsContract;
import dev.galley.local.Role;
import dev.galley.local.SharedMinio;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the ingest's key. */
final class MinioFaultsTest extends StoreFaultsContract {
    @Override
    protected URI server() {
        return SharedMinio.store().endpoint();
    }

    @Override
    protected ObjectStore open(URI address) {
        Settings.Store ingest = SharedMinio.store().settings(Role.INGEST);
        return MinioObjectStore.open(
                new Settings.Store(address, ingest.region(), ingest.bucket(), ingest.accessKey(), ingest.secretKey()),
                Duration.ofMillis(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_DOWN", "RESET_IN_REQUEST", "LOST_ANSWER", "LOST_WRITE"})
    void aSealIsWrittenOnceWhateverBefallsTheFirstAttempt(Fault fault) {
        String key = "landing/faults/" + UUID.randomUUID() + "/_batch.json";
        try (FaultyProxy proxy = FaultyProxy.before(server());
                ObjectStore store = open(proxy.address());
                ObjectStore other = open(server())) {
            proxy.spoil("PUT", fault, 1);

            assertThat(store.putIfAbsent(key, "mine".getBytes(UTF_8))).isTrue();
            assertThat(other.putIfAbsent(key, "theirs".getBytes(UTF_8))).isFalse();
            assertThat(other.open(key)).hasContent("mine");
        }
    }

    @Test
    void anObjectThatIsReplacedWhileItsAnswerBreaksOffIsNotMixed() throws IOException {
        String key = "landing/faults/" + UUID.randomUUID() + "/object";
        try (FaultyProxy proxy = FaultyProxy.before(server());
                ObjectStore store = open(proxy.address());
                ObjectStore other = open(server())) {
            other.put(key, new byte[200_000]);
            proxy.spoil("GET", Fault.HALF_ANSWER, 1);
            try (InputStream in = store.open(key)) {
                assertThat(in.readNBytes(1_000)).hasSize(1_000);
                other.put(key, new byte[200_001]);

                assertThatThrownBy(in::readAllBytes)
                        .isInstanceOf(StoreException.class)
                        .hasMessageEndingWith(": it was replaced while it was being read");
            }
        }
    }
}
