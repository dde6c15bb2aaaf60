package dev.galley.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The users of a MinIO server: for each {@link Role} one, with a key that is kept in the state folder, and one policy. */
final class MinioUsers {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StateFolder state;

    MinioUsers(StateFolder state) {
        this.state = state;
    }

    /**
     * Whether the policies are the ones that were granted last, and the server honours every role's key. Always so for the
     * stand-in, which knows one key only.
     */
    boolean areGranted(RunningStore store) {
        return store.kind() == LocalStore.Kind.STAND_IN
                || (state.policies().equals(Optional.of(policies(store)))
                        && Arrays.stream(Role.values()).allMatch(role -> isHonoured(store, role)));
    }

    /**
     * Makes what is missing and mends what differs: users, policies, keys. A key that is there stays as it is. To be called
     * while the store is locked. Returns the store with the keys of all roles.
     *
     * @throws LocalException if the server refuses
     */
    RunningStore grant(RunningStore store) {
        Map<Role, Credentials> keys = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            keys.put(role, state.key(role));
        }
        RunningStore granted =
                new RunningStore(store.kind(), store.endpoint(), store.bucket(), store.owner(), keys, store.pid());
        byte[] users = users(granted);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        // A server that has just begun to answer may not know its users yet.
        while (!isTaken(granted, users, System.nanoTime() < deadline)) {
            Pause.millis(100);
        }
        state.keepPolicies(policies(store));
        return granted;
    }

    private static boolean isTaken(RunningStore store, byte[] users, boolean mayFail) {
        try {
            new LoopbackHttp(store.endpoint(), store.owner()).call("PUT", "/minio/admin/v3/import-iam", users);
            checkHonoured(store);
            return true;
        } catch (LocalException e) {
            if (mayFail) {
                return false;
            }
            throw e;
        }
    }

    /** The server answers 200 also where it has refused a user. */
    private static void checkHonoured(RunningStore store) {
        for (Role role : Role.values()) {
            if (!isHonoured(store, role)) {
                throw new LocalException("Cannot use the key of " + role.user() + " on " + store.kind() + " at "
                        + store.endpoint() + ": it took user and policy, but denies what the policy allows");
            }
        }
    }

    private static boolean isHonoured(RunningStore store, Role role) {
        Credentials key = store.keys().get(role);
        return key != null
                && new LoopbackHttp(store.endpoint(), key).status("HEAD", "/" + store.bucket() + "/" + role.probe())
                        == 404;
    }

    private static String policies(RunningStore store) {
        return Arrays.stream(Role.values())
                .map(role -> role.policy(store.bucket()))
                .collect(Collectors.joining());
    }

    /** Policies, users, and which has which, as MinIO exports and imports them. */
    private static byte[] users(RunningStore store) {
        ObjectNode policies = JSON.createObjectNode();
        ObjectNode users = JSON.createObjectNode();
        ObjectNode mappings = JSON.createObjectNode();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store.keys().forEach((role, key) -> {
                users.putObject(key.accessKey())
                        .put("secretKey", key.secretKey().reveal())
                        .put("status", "enabled");
                mappings.putObject(key.accessKey()).put("version", 1).put("policy", role.user());
            });
            for (Role role : Role.values()) {
                policies.set(role.user(), JSON.readTree(role.policy(store.bucket())));
            }
            add(zip, "policies.json", policies);
            add(zip, "users.json", users);
            add(zip, "user_mappings.json", mappings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, ObjectNode content) throws IOException {
        zip.putNextEntry(new ZipEntry("iam-assets/" + name));
        zip.write(content.toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
