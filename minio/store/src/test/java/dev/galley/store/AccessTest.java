package dev.galley.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.settings.Settings;
import dev.galley.landing.StoreException;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** On a real MinIO: each key does what its program must, and nothing else. */
final class AccessTest {
    private static final String PART = "landing/access/api/orders/00000001/part-00000-i1.ndjson.zst";
    private static final String SEAL = "landing/access/api/orders/00000001/_batch.json";
    private static final String EXPIRED = "landing/access/api/orders/00000001/_expired.json";
    private static final String REJECTED = "landing/access/api/orders/00000001/_rejected.json";
    private static final String DATA = "warehouse/access/orders/data/00000.parquet";
    private static final String ELSEWHERE = "other/object";

    private final RunningStore minio = SharedMinio.store();
    private final Map<Role, MinioObjectStore> stores = new EnumMap<>(Role.class);
    private MinioObjectStore owner;

    @BeforeEach
    void fill() {
        owner = MinioObjectStore.open(minio.settings());
        for (String key : new String[] {PART, SEAL, DATA, ELSEWHERE}) {
            owner.put(key, bytes("as it was"));
        }
        for (Role role : Role.values()) {
            stores.put(role, MinioObjectStore.open(minio.settings(role)));
        }
    }

    @AfterEach
    void close() {
        stores.values().forEach(MinioObjectStore::close);
        owner.close();
    }

    @ParameterizedTest
    @CsvSource({
        "INGEST, true, false",
        "SPARK, true, true",
        "READER, false, true",
    })
    void eachKeyReadsAndListsItsOwnOnly(Role role, boolean landing, boolean warehouse) {
        expect(landing, () -> read(role, PART));
        expect(landing, () -> store(role).find("landing/access/none"));
        expect(landing, () -> store(role).list("landing/access/"));
        expect(warehouse, () -> read(role, DATA));
        expect(warehouse, () -> store(role).find("warehouse/access/none"));
        expect(warehouse, () -> store(role).list("warehouse/access/"));
        expect(false, () -> read(role, ELSEWHERE));
        expect(false, () -> store(role).list("other/"));
        expect(false, () -> store(role).list(""));
    }

    @ParameterizedTest
    @CsvSource({
        "INGEST, " + PART + ", true",
        "INGEST, " + SEAL + ", true",
        "INGEST, " + REJECTED + ", true",
        "INGEST, " + DATA + ", false",
        "INGEST, " + ELSEWHERE + ", false",
        "SPARK, " + PART + ", false",
        "SPARK, " + SEAL + ", false",
        "SPARK, landing/access/api/orders/00000001/part-00001.ndjson.zst, false",
        "SPARK, " + ELSEWHERE + ", false",
        "READER, " + PART + ", false",
        "READER, " + REJECTED + ", false",
        "READER, " + DATA + ", false",
        "READER, " + ELSEWHERE + ", false",
    })
    void eachKeyWritesItsOwnOnly(Role role, String key, boolean may) throws IOException {
        if (may) {
            store(role).put(key, bytes("new"));
            assertThat(read(owner, key)).isEqualTo("new");
        } else {
            expect(false, () -> store(role).put(key, bytes("unwanted")));
            expect(false, () -> store(role).putIfAbsent(key, bytes("unwanted")));
            assertThat(owner.find(key).isEmpty() || !read(owner, key).equals("unwanted"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"INGEST, false", "SPARK, true", "READER, false"})
    void tablesAndPartsAreDeletedBySparkOnlyAndSealsByNobody(Role role, boolean spark) {
        for (String key : new String[] {SEAL, ELSEWHERE}) {
            assertThatThrownBy(() -> delete(role, key))
                    .isInstanceOfSatisfying(
                            ErrorResponseException.class,
                            e -> assertThat(e.errorResponse().code()).isEqualTo("AccessDenied"));
            assertThat(owner.find(key)).isPresent();
        }
        for (String key : new String[] {DATA, PART}) {
            if (spark) {
                assertThatCode(() -> delete(role, key)).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> delete(role, key)).isInstanceOf(MinioException.class);
            }
            assertThat(owner.find(key).isPresent()).isNotEqualTo(spark);
        }
    }

    @Test
    void sparkWritesTablesAndMarksBatches() throws IOException {
        store(Role.SPARK).put(EXPIRED, bytes("{}"));
        store(Role.SPARK).put(DATA, bytes("new"));
        store(Role.SPARK).put(REJECTED, bytes("{}"));

        assertThat(read(owner, DATA)).isEqualTo("new");
        assertThat(read(owner, REJECTED)).isEqualTo("{}");
        assertThat(read(owner, EXPIRED)).isEqualTo("{}");
    }

    @ParameterizedTest
    @EnumSource
    void noKeyMakesBucketsOrUsers(Role role) {
        Credentials key = Objects.requireNonNull(minio.keys().get(role));

        assertThatThrownBy(() -> client(role)
                        .makeBucket(MakeBucketArgs.builder().bucket("another").build()))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        e -> assertThat(e.errorResponse().code()).isEqualTo("AccessDenied"));
        try (MinioAdmin admin = new MinioAdmin(minio.endpoint(), key)) {
            String mighty =
                    "set-user-or-group-policy?isGroup=false&policyName=consoleAdmin&userOrGroup=" + key.accessKey();
            assertThatThrownBy(() -> admin.put(mighty, new byte[0]))
                    .isInstanceOf(LocalStoreException.class)
                    .hasMessageContaining("MinIO answered 403 ")
                    .hasMessageContaining("AccessDenied");
            assertThatThrownBy(() -> admin.get("export-iam"))
                    .isInstanceOf(LocalStoreException.class)
                    .hasMessageContaining("MinIO answered 403 ")
                    .hasMessageContaining("AccessDenied");
        }
    }

    @Test
    void aKeyThatEndsBeforeTheSealIsDeniedNothingIsSealedAndWithAValidKeyItIs() {
        String seal = "landing/access/api/orders/00000002/_batch.json";
        store(Role.INGEST).put("landing/access/api/orders/00000002/part-00000-i1.ndjson.zst", bytes("records"));
        String status = "set-user-status?accessKey=galley-ingest&status=";
        try (MinioAdmin admin = new MinioAdmin(minio.endpoint(), minio.owner())) {
            admin.put(status + "disabled", new byte[0]);
            try {
                expect(false, () -> store(Role.INGEST).putIfAbsent(seal, bytes("{}")));
                expect(false, () -> read(Role.INGEST, PART));
                assertThat(owner.find(seal)).isEmpty();
            } finally {
                admin.put(status + "enabled", new byte[0]);
            }
        }

        assertThat(store(Role.INGEST).putIfAbsent(seal, bytes("{}"))).isTrue();
    }

    @Test
    void keysAreDifferentAndLong() {
        assertThat(minio.keys().values().stream().map(key -> key.secretKey().reveal()))
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allSatisfy(secret -> assertThat(secret).hasSize(40))
                .doesNotContain(minio.owner().secretKey().reveal());
        assertThat(minio.keys().values().stream().map(Credentials::accessKey))
                .containsExactlyInAnyOrder("galley-ingest", "galley-spark", "galley-reader");
    }

    private MinioObjectStore store(Role role) {
        return Objects.requireNonNull(stores.get(role));
    }

    private void delete(Role role, String key) throws MinioException {
        client(role)
                .removeObject(RemoveObjectArgs.builder()
                        .bucket(minio.bucket())
                        .object(key)
                        .build());
    }

    private MinioClient client(Role role) {
        Settings.Store settings = minio.settings(role);
        return MinioClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey().reveal())
                .httpClient(HttpClients.create(settings.endpoint(), Duration.ofSeconds(5)))
                .build();
    }

    private String read(Role role, String key) throws IOException {
        return read(store(role), key);
    }

    private static String read(MinioObjectStore store, String key) throws IOException {
        try (InputStream in = store.open(key)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static void expect(boolean may, ThrowingCallable deed) {
        if (may) {
            assertThatCode(deed).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(deed)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
