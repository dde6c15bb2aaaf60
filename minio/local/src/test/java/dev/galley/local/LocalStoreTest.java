package dev.galley.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.settings.Settings;
import dev.galley.local.LocalStore.Choice;
import dev.galley.local.LocalStore.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LocalStoreTest {
    private static final Map<String, String> NOTHING = Map.of("PATH", "/nowhere");

    private final List<LocalStore> opened = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stopAll() {
        opened.forEach(LocalStore::stop);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void startingTwiceFindsTheSameServer(Kind kind) {
        RunningStore first = start(kind);
        RunningStore second = open(Machine.withMinio()).start(Choice.AUTO, said::add);

        assertThat(second).usingRecursiveComparison().isEqualTo(first);
        assertThat(open(NOTHING).start(Choice.AUTO, said::add))
                .as("by one that could start none")
                .usingRecursiveComparison()
                .isEqualTo(first);
        assertThat(first.kind()).isEqualTo(kind);
        assertThat(first.endpoint().getHost()).isEqualTo("127.0.0.1");
        assertThat(said).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void afterKillTheSameCommandGoesOnWithTheData(Kind kind) throws Exception {
        RunningStore before = start(kind);
        put(before, "kept", "data");
        ProcessHandle process = ProcessHandle.of(before.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();

        assertThat(open(Machine.withMinio()).running()).isEmpty();
        RunningStore after = open(Machine.withMinio()).start(Choice.AUTO, said::add);

        assertThat(after.pid()).isNotEqualTo(before.pid());
        assertThat(after.endpoint()).isEqualTo(before.endpoint());
        assertThat(after.settings()).usingRecursiveComparison().isEqualTo(before.settings());
        assertThat(after.keys()).usingRecursiveComparison().isEqualTo(before.keys());
        assertThat(read(after, "kept")).isEqualTo("data");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTakenPortIsAvoided(Kind kind) throws IOException {
        RunningStore before = start(kind);
        put(before, "kept", "data");
        assertThat(open(Machine.withMinio()).stop()).isTrue();

        try (ServerSocket foreign =
                new ServerSocket(before.endpoint().getPort(), 5, InetAddress.getLoopbackAddress())) {
            RunningStore after = open(Machine.withMinio()).start(Choice.AUTO, said::add);

            assertThat(after.endpoint().getPort()).isNotEqualTo(foreign.getLocalPort());
            assertThat(read(after, "kept")).isEqualTo("data");
        }
    }

    @Test
    void aNoteThatNamesAForeignProcessDoesNotHarmIt() throws Exception {
        Process foreign = new ProcessBuilder("sleep", "60").start();
        try {
            StateFolder state = new StateFolder(folder);
            state.keepKind(Kind.STAND_IN);
            new ProcessNote(foreign.pid(), Instant.EPOCH, URI.create("http://127.0.0.1:1"), "/another/folder")
                    .write(state, state.run().resolve("store.json"));

            assertThat(open(NOTHING).running()).isEmpty();
            assertThat(open(NOTHING).stop()).isFalse();
            RunningStore store = start(Kind.STAND_IN);

            assertThat(store.pid()).isNotEqualTo(foreign.pid());
            assertThat(foreign.isAlive()).isTrue();
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void aServerWhoseNoteIsLostIsReplacedNotDoubled() throws IOException {
        RunningStore lost = start(Kind.STAND_IN);
        put(lost, "kept", "data");
        Files.writeString(folder.resolve("run/store.json"), "{damaged");

        RunningStore found = open(NOTHING).start(Choice.AUTO, said::add);

        assertThat(ProcessHandle.of(lost.pid()).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(read(found, "kept")).isEqualTo("data");
    }

    @Test
    void aServerThatDoesNotAnswerIsStartedAgain() throws Exception {
        RunningStore frozen = start(Kind.STAND_IN);
        new ProcessBuilder("kill", "-STOP", String.valueOf(frozen.pid()))
                .start()
                .waitFor();

        RunningStore store = open(NOTHING).start(Choice.AUTO, said::add);

        assertThat(store.pid()).isNotEqualTo(frozen.pid());
        assertThat(said)
                .containsExactly("The object store at " + frozen.endpoint() + " does not answer; starting it again.");
    }

    @Test
    void ofManyThatStartAtOnceAllGetTheSameServer() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> pids = IntStream.range(0, 4)
                    .mapToObj(i -> pool.submit(() ->
                            open(NOTHING).start(Choice.STAND_IN, line -> {}).pid()))
                    .toList();
            long first = pids.get(0).get();
            for (Future<Long> pid : pids) {
                assertThat(pid.get()).isEqualTo(first);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void twoStateFoldersLiveSideBySide() {
        RunningStore one = start(Kind.STAND_IN);
        LocalStore other = new LocalStore(folder.resolve("other"), "lake", Machine.STAND_IN, NOTHING);
        opened.add(other);
        RunningStore two = other.start(Choice.AUTO, said::add);

        assertThat(two.endpoint()).isNotEqualTo(one.endpoint());
        assertThat(two.owner().secretKey().reveal())
                .isNotEqualTo(one.owner().secretKey().reveal());
        assertThat(other.stop()).isTrue();
        assertThat(open(NOTHING).running()).isPresent();
    }

    @Test
    void stoppingTwiceSaysThatNothingRan() {
        start(Kind.STAND_IN);

        assertThat(open(NOTHING).stop()).isTrue();
        assertThat(open(NOTHING).stop()).isFalse();
        assertThat(open(NOTHING).running()).isEmpty();
    }

    @Test
    void aStateKeepsTheKindItBeganWith() {
        start(Kind.STAND_IN);
        open(NOTHING).stop();

        assertThat(open(Machine.withMinio()).start(Choice.AUTO, said::add).kind())
                .isEqualTo(Kind.STAND_IN);
        assertThatThrownBy(() -> open(Machine.withMinio()).start(Choice.MINIO, said::add))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("its data began with the stand-in S3 server")
                .hasMessageContaining("make clean");
    }

    @Test
    void withoutMinioAndGoTheStandInServesAndSaysSo() {
        RunningStore store = open(NOTHING).start(Choice.AUTO, said::add);

        assertThat(store.kind()).isEqualTo(Kind.STAND_IN);
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).isEqualTo("There is no MinIO on this machine, and no Go to build it with.");
        assertThat(said.get(1)).startsWith("Using the stand-in S3 server instead of MinIO");
    }

    @Test
    void aBuildThatFailsFallsBackAloudBeforeTheFirstUse() throws IOException {
        Map<String, String> environment =
                Machine.withGo(folder, "echo 'dial tcp: lookup proxy: no such host' >&2; exit 1");

        RunningStore store = open(environment).start(Choice.AUTO, said::add);

        assertThat(store.kind()).isEqualTo(Kind.STAND_IN);
        assertThat(said.get(1))
                .startsWith("MinIO could not be built (dial tcp: lookup proxy: no such host; log: ")
                .contains(folder.resolve("run/minio-build.log").toString());
    }

    @Test
    void withGoMinioIsBuiltOnceAndServes() throws IOException {
        Map<String, String> environment = Machine.withGo(
                folder,
                "[ \"$1 $2\" = 'install " + MinioInstall.MODULE + "' ] || exit 9\n/bin/mkdir -p \"$GOBIN\"\n/bin/ln -s "
                        + Machine.minio() + " \"$GOBIN/minio\"");

        assertThat(open(environment).start(Choice.AUTO, said::add).kind()).isEqualTo(Kind.MINIO);
        assertThat(said).hasSize(2);
        open(environment).stop();
        assertThat(open(NOTHING).start(Choice.AUTO, said::add).kind()).isEqualTo(Kind.MINIO);
        assertThat(said).hasSize(2);
    }

    @Test
    void whatBeganWithMinioNeverGoesOnWithTheStandIn() {
        start(Kind.MINIO);
        open(NOTHING).stop();

        assertThatThrownBy(() -> open(NOTHING).start(Choice.AUTO, said::add))
                .isInstanceOf(LocalException.class)
                .hasMessage(
                        "Cannot start MinIO for " + folder + ": There is no MinIO on this machine, and no Go to build"
                                + " it with. Put a minio binary on the PATH or name it in GALLEY_MINIO.");
        assertThat(open(NOTHING).running()).isEmpty();
    }

    @Test
    void whoAsksForMinioNeverGetsTheStandIn() {
        assertThatThrownBy(() -> open(NOTHING).start(Choice.MINIO, said::add))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("name it in GALLEY_MINIO");
        assertThat(open(NOTHING).start(Choice.STAND_IN, said::add).kind()).isEqualTo(Kind.STAND_IN);
    }

    @Test
    void aNamedBinaryThatIsNoneIsRefused() {
        assertThatThrownBy(() -> open(Map.of("GALLEY_MINIO", "/nowhere/minio")).start(Choice.AUTO, said::add))
                .isInstanceOf(LocalException.class)
                .hasMessage("Cannot use GALLEY_MINIO: /nowhere/minio is no program; name a minio binary or unset it");
    }

    @Test
    void aServerThatEndsAtOnceIsAnErrorWithTheEndOfItsLog() {
        assertThatThrownBy(() -> open(Map.of("GALLEY_MINIO", "/bin/false")).start(Choice.AUTO, said::add))
                .isInstanceOf(LocalException.class)
                .hasMessageStartingWith("Cannot start the object store at http://127.0.0.1:")
                .hasMessageContaining("it ended at once. The end of " + folder.resolve("run/store.log"));
        assertThat(open(NOTHING).start(Choice.AUTO, said::add).kind()).isEqualTo(Kind.STAND_IN);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theSecretIsReadableByItsOwnerOnly(Kind kind) throws IOException {
        RunningStore store = start(kind);
        List<Credentials> all = new ArrayList<>(store.keys().values());
        all.add(store.owner());
        // What the server keeps lies in here.
        Path data = folder.resolve("store/data");
        assertThat(permissions(data)).isEqualTo("rwx------");
        for (Credentials one : all) {
            String secret = one.secretKey().reveal();
            assertThat(store.toString()).doesNotContain(secret);
            assertThat(ProcessHandle.of(store.pid())
                            .orElseThrow()
                            .info()
                            .arguments()
                            .orElseThrow())
                    .noneMatch(argument -> argument.contains(secret));
            List<Path> holders;
            try (var files = Files.walk(folder)) {
                holders = files.filter(Files::isRegularFile)
                        .filter(file -> !file.startsWith(data) && holds(file, secret))
                        .toList();
            }
            assertThat(holders)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void usersAndKeysThatAreLostAreMadeAgainAndNothingIsLeftOver() throws Exception {
        RunningStore before = start(Kind.MINIO);
        owner(before).call("DELETE", "/minio/admin/v3/remove-user?accessKey=galley-ingest", new byte[0]);
        Files.delete(folder.resolve("store/spark.key"));

        RunningStore after = open(NOTHING).start(Choice.AUTO, said::add);

        assertThat(after.settings(Role.INGEST)).usingRecursiveComparison().isEqualTo(before.settings(Role.INGEST));
        assertThat(statusOf(after, Role.INGEST, "landing/none")).isEqualTo(404);
        assertThat(statusOf(after, Role.SPARK, "warehouse/none")).isEqualTo(404);
        assertThat(statusOf(before, Role.SPARK, "warehouse/none")).isEqualTo(403);
        assertThat(users(after)).containsExactly("galley-ingest", "galley-reader", "galley-spark");
    }

    @Test
    void theStandInKnowsOneKeyOnly() {
        RunningStore store = start(Kind.STAND_IN);

        assertThat(store.keys()).isEmpty();
        assertThat(store.settings(Role.READER)).isEqualTo(store.settings());
    }

    private RunningStore start(Kind kind) {
        return open(Machine.withMinio()).start(Choice.valueOf(kind.name()), said::add);
    }

    private LocalStore open(Map<String, String> environment) {
        LocalStore store = new LocalStore(folder, "lake", Machine.STAND_IN, environment);
        synchronized (opened) {
            opened.add(store);
        }
        return store;
    }

    private static LoopbackHttp owner(RunningStore store) {
        return new LoopbackHttp(store.endpoint(), store.owner());
    }

    private static void put(RunningStore store, String key, String content) {
        owner(store).call("PUT", "/lake/" + key, content);
    }

    private static String read(RunningStore store, String key) {
        return owner(store).call("GET", "/lake/" + key, "");
    }

    private static int statusOf(RunningStore store, Role role, String key) {
        Settings.Store settings = store.settings(role);
        return new LoopbackHttp(store.endpoint(), new Credentials(settings.accessKey(), settings.secretKey()))
                .status("HEAD", "/lake/" + key);
    }

    private static Set<String> users(RunningStore store) throws IOException {
        byte[] exported = owner(store).call("GET", "/minio/admin/v3/export-iam", new byte[0]);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(exported))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("iam-assets/users.json")) {
                    Set<String> names = new TreeSet<>();
                    new JsonMapper().readTree(zip.readAllBytes()).fieldNames().forEachRemaining(names::add);
                    return names;
                }
            }
        }
        return Set.of();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static boolean holds(Path file, String text) {
        try {
            byte[] content = Files.readAllBytes(file);
            return new String(content, UTF_8).contains(text);
        } catch (IOException e) {
            throw new AssertionError("Cannot read " + file, e);
        }
    }
}
