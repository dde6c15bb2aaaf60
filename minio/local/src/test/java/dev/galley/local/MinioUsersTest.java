package dev.galley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** On a real MinIO: each key does what its program must, and nothing else. */
final class MinioUsersTest {
    private static final String PART = "landing/access/api/orders/00000001/part-00000-i1.ndjson.zst";
    private static final String SEAL = "landing/access/api/orders/00000001/_batch.json";
    private static final String EXPIRED = "landing/access/api/orders/00000001/_expired.json";
    private static final String REJECTED = "landing/access/api/orders/00000001/_rejected.json";
    private static final String DATA = "warehouse/access/orders/data/00000.parquet";
    private static final String ELSEWHERE = "other/object";
    private static final String ADMIN = "/minio/admin/v3/";

    private final RunningStore minio = SharedMinio.store();
    private final LoopbackHttp owner = new LoopbackHttp(minio.endpoint(), minio.owner());

    @BeforeEach
    void fill() throws IOException {
        for (String key : new String[] {PART, SEAL, DATA, ELSEWHERE}) {
            assertThat(put(owner, key, "as it was")).isTrue();
        }
        owner.send("DELETE", "/galley/" + REJECTED, new byte[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "INGEST, true, false",
        "SPARK, true, true",
        "READER, false, true",
    })
    void eachKeyReadsAndListsItsOwnOnly(Role role, boolean landing, boolean warehouse) throws IOException {
        assertThat(read(role, PART)).isEqualTo(landing ? "as it was" : "denied");
        assertThat(may(role, "HEAD", "landing/access/none")).isEqualTo(landing);
        assertThat(lists(role, "landing/access/")).isEqualTo(landing);
        assertThat(read(role, DATA)).isEqualTo(warehouse ? "as it was" : "denied");
        assertThat(may(role, "HEAD", "warehouse/access/none")).isEqualTo(warehouse);
        assertThat(lists(role, "warehouse/access/")).isEqualTo(warehouse);
        assertThat(read(role, ELSEWHERE)).isEqualTo("denied");
        assertThat(lists(role, "other/")).isFalse();
        assertThat(lists(role, "")).isFalse();
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
        assertThat(put(client(role), key, "new")).isEqualTo(may);
        LoopbackHttp.Answer now = owner.send("GET", "/galley/" + key, new byte[0]);
        assertThat(now.isSuccess() && now.text().equals("new")).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({"INGEST, false", "SPARK, true", "READER, false"})
    void tablesAndPartsAreDeletedBySparkOnlyAndSealsByNobody(Role role, boolean spark) throws IOException {
        for (String key : new String[] {SEAL, ELSEWHERE}) {
            assertThat(may(role, "DELETE", key)).isFalse();
            assertThat(owner.status("HEAD", "/galley/" + key)).isEqualTo(200);
        }
        for (String key : new String[] {DATA, PART}) {
            assertThat(may(role, "DELETE", key)).isEqualTo(spark);
            assertThat(owner.status("HEAD", "/galley/" + key)).isEqualTo(spark ? 404 : 200);
        }
    }

    @ParameterizedTest
    @CsvSource({EXPIRED, DATA, REJECTED})
    void sparkWritesTablesAndMarksBatches(String key) throws IOException {
        assertThat(put(client(Role.SPARK), key, "new")).isTrue();
        assertThat(read(Role.READER, DATA)).isEqualTo(key.equals(DATA) ? "new" : "as it was");
        assertThat(owner.call("GET", "/galley/" + key, "")).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource
    void noKeyMakesBucketsOrUsers(Role role) throws IOException {
        Credentials key = Objects.requireNonNull(minio.keys().get(role));

        LoopbackHttp.Answer bucket = client(role).send("PUT", "/another", new byte[0]);
        assertThat(bucket.status()).isEqualTo(403);
        assertThat(bucket.text()).contains("AccessDenied");
        String mighty = "set-user-or-group-policy?isGroup=false&policyName=consoleAdmin&userOrGroup=" + key.accessKey();
        assertThatThrownBy(() -> client(role).call("PUT", ADMIN + mighty, new byte[0]))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining(" answered 403 ")
                .hasMessageContaining("AccessDenied");
        assertThatThrownBy(() -> client(role).call("GET", ADMIN + "export-iam", new byte[0]))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining(" answered 403 ")
                .hasMessageContaining("AccessDenied");
    }

    @Test
    void aKeyThatEndsBeforeTheSealIsDeniedNothingIsSealedAndWithAValidKeyItIs() throws IOException {
        String seal = "landing/access/api/orders/00000002/_batch.json";
        owner.send("DELETE", "/galley/" + seal, new byte[0]);
        assertThat(put(client(Role.INGEST), "landing/access/api/orders/00000002/part-00000-i1.ndjson.zst", "records"))
                .isTrue();
        String status = ADMIN + "set-user-status?accessKey=galley-ingest&status=";
        owner.call("PUT", status + "disabled", new byte[0]);
        try {
            assertThat(put(client(Role.INGEST), seal, "{}")).isFalse();
            assertThat(read(Role.INGEST, PART)).isEqualTo("denied");
            assertThat(owner.status("HEAD", "/galley/" + seal)).isEqualTo(404);
        } finally {
            owner.call("PUT", status + "enabled", new byte[0]);
        }

        assertThat(put(client(Role.INGEST), seal, "{}")).isTrue();
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

    private LoopbackHttp client(Role role) {
        return new LoopbackHttp(
                minio.endpoint(), Objects.requireNonNull(minio.keys().get(role)));
    }

    /** Whether a request without a body is not denied; what it asks for need not be there. */
    private boolean may(Role role, String method, String key) {
        int status = client(role).status(method, "/galley/" + key);
        assertThat(status).isIn(200, 204, 403, 404);
        return status != 403;
    }

    private boolean lists(Role role, String prefix) {
        String query = "?list-type=2&prefix=" + URLEncoder.encode(prefix, StandardCharsets.UTF_8);
        int status = client(role).status("GET", "/galley" + query);
        assertThat(status).isIn(200, 403);
        return status == 200;
    }

    private String read(Role role, String key) throws IOException {
        LoopbackHttp.Answer answer = client(role).send("GET", "/galley/" + key, new byte[0]);
        assertThat(answer.status()).isIn(200, 403);
        return answer.isSuccess() ? answer.text() : "denied";
    }

    private static boolean put(LoopbackHttp client, String key, String content) throws IOException {
        int status = client.send("PUT", "/galley/" + key, content.getBytes(StandardCharsets.UTF_8))
                .status();
        assertThat(status).isIn(200, 403);
        return status == 200;
    }
}
