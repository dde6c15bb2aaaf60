package dev.galley.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.landing.FaultyProxy;
import dev.galley.landing.FaultyProxy.Fault;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.S3Server;
import dev.galley.landing.StoreException;
import dev.galley.landing.StoreFaultsContract;
import dev.galley.spark.bronze.LandedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HadoopFaultsTest extends StoreFaultsContract {
    private static final Map<String, String> HASTY = Map.of(
            "fs.s3a.attempts.maximum", "0",
            "fs.s3a.retry.interval", "1ms",
            "fs.s3a.retry.throttle.interval", "1ms");

    @TempDir
    private static Path state;

    private @Nullable S3Server server;

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected URI server() {
        return running().address();
    }

    @Override
    protected ObjectStore open(URI address) {
        return HadoopObjectStore.open(HadoopContract.settings(address), HASTY);
    }

    @Test
    void anAnswerThatIsShorterThanTheObjectIsAnError() {
        String key = "landing/faults/shortened";
        try (ObjectStore direct = open(server());
                FaultyProxy proxy = FaultyProxy.before(server());
                ObjectStore store = open(proxy.address())) {
            direct.put(key, new byte[200_000]);
            proxy.spoil("GET", Fault.SHORTENED, Integer.MAX_VALUE);

            assertThatThrownBy(() -> store.open(key).readAllBytes())
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE))
                    .hasMessageStartingWith("Cannot read s3://galley/" + key + ": ");
        }
    }

    /** As Spark's tasks read it. */
    @ParameterizedTest
    @EnumSource(names = {"HALF_ANSWER", "RESET_IN_ANSWER", "NO_BODY", "LOST_ANSWER", "SHORTENED", "SLOW_DOWN"})
    void aSealedPartIsReadWholeOrTheReadFails(Fault fault, @TempDir Path folder) throws IOException {
        LandedPart local = LandedFiles.part(folder, "part-00000.ndjson", 1, List.of(new byte[200_000]));
        String key = "landing/faults/parts/" + fault + ".ndjson";
        try (ObjectStore direct = open(server());
                FaultyProxy proxy = FaultyProxy.before(server())) {
            direct.upload(key, folder.resolve("part-00000.ndjson"));
            LandedPart part = new LandedPart(
                    direct.location() + "/" + key, 1, local.name(), local.records(), local.bytes(), local.sha256());
            if (fault != Fault.SHORTENED) {
                proxy.spoil("GET", fault, 1);
                readThrough(part, proxy.address());
            }
            proxy.spoil("GET", fault, Integer.MAX_VALUE);
            if (fault != Fault.HALF_ANSWER && fault != Fault.RESET_IN_ANSWER) {
                assertThatThrownBy(() -> readThrough(part, proxy.address()))
                        .isInstanceOf(StoreException.class)
                        .hasMessageStartingWith("Cannot read " + part.uri());
            }
            assertThat(proxy.requests()).hasSizeLessThan(40);
        }
    }

    private static void readThrough(LandedPart part, URI address) throws IOException {
        Configuration hadoop = new Configuration();
        S3aSettings.hadoop(HadoopContract.settings(address)).forEach(hadoop::set);
        HASTY.forEach(hadoop::set);
        hadoop.set("fs.s3.impl.disable.cache", "true");
        try (SealedObject object = SealedObject.open(part, hadoop)) {
            object.verify(null);
        }
    }

    private S3Server running() {
        if (server == null) {
            try {
                server = S3Server.minio(state);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }
}
