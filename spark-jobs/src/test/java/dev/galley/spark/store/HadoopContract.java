package dev.galley.spark.store;

import static dev.galley.spark.bronze.LandedFiles.contract;
import static dev.galley.spark.bronze.LandedFiles.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.settings.Settings;
import dev.galley.definition.yaml.Secret;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.ObjectStoreContract;
import dev.galley.landing.S3Server;
import dev.galley.landing.StoreException;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.bronze.LandedBatches;
import dev.galley.spark.bronze.LandedFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The store's contract on Hadoop's FileSystem, and landed parts read from it by Spark. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HadoopContract extends ObjectStoreContract {
    @TempDir
    private static Path state;

    private S3Server server;
    private ObjectStore store;

    abstract S3Server start(Path folder) throws IOException;

    /** The bucket of any {@link S3Server}, asked for at this address. */
    static Settings.Store settings(URI address) {
        return new Settings.Store(
                address, "us-east-1", S3Server.BUCKET, S3Server.ACCESS_KEY, new Secret(S3Server.SECRET_KEY));
    }

    @BeforeAll
    void startServer() throws IOException {
        server = start(Files.createTempDirectory(state, "s3"));
        store = HadoopObjectStore.open(settings(server.address()));
    }

    @AfterAll
    void stopServer() {
        store.close();
        server.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void sparkReadsPartsOfTheBucket(@TempDir Path folder) {
        List<byte[]> lines = List.of(envelope("{\"n\":1}"), envelope("{\"n\":1.5}"));
        LandedPart local = LandedFiles.part(folder, "part-00000.ndjson.zst", 1, lines);
        String key = "landing/shop/api/orders/00000001/part-00000.ndjson.zst";
        store.upload(key, folder.resolve("part-00000.ndjson.zst"));
        LandedPart part = new LandedPart(
                store.location() + "/" + key, 1, local.name(), local.records(), local.bytes(), local.sha256());
        Configuration session = SharedSpark.session().sparkContext().hadoopConfiguration();
        S3aSettings.hadoop(settings(server.address())).forEach(session::set);
        session.set("fs.s3.impl.disable.cache", "true"); // the next server has another port

        List<Row> rows = LandedBatches.read(SharedSpark.session(), contract("n: int"), List.of(part))
                .collectAsList();

        assertThat(rows.get(0).<Integer>getAs("n")).isEqualTo(1);
        assertThat(LandedFiles.reasons(rows.get(1))).containsExactly("type: n: 1.5 is not an integer");
    }

    @Test
    void aWrongKeyIsDeniedAndNotShown() {
        Settings.Store right = settings(server.address());
        Settings.Store wrong = new Settings.Store(
                right.endpoint(), right.region(), right.bucket(), right.accessKey(), new Secret("canary-secret"));
        try (ObjectStore denied = HadoopObjectStore.open(wrong)) {
            assertThatThrownBy(() -> denied.find("a"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED))
                    .hasMessageStartingWith("Cannot find s3://galley/a: ")
                    .hasMessageNotContaining("canary-secret");
        }
    }
}
