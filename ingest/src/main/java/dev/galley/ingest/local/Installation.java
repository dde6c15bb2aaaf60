package dev.galley.ingest.local;

import dev.galley.definition.settings.Settings;
import dev.galley.definition.settings.SettingsReader;
import dev.galley.local.EnvironmentFile;
import dev.galley.local.LocalStore;
import dev.galley.local.Role;
import dev.galley.local.RunningStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One Galley on one machine: which of its services are local, and the environment its programs see. A service is local unless
 * the user names one: the object store in {@code galley.yml} or {@code GALLEY_STORE_ENDPOINT}, the bookstore in
 * {@code BOOKSTORE_URL}.
 */
public final class Installation {
    private static final String STORE = "GALLEY_STORE_ENDPOINT";
    private static final String ACCESS_KEY = "GALLEY_STORE_ACCESS_KEY";
    private static final String SECRET_KEY = "GALLEY_STORE_SECRET_KEY";
    private static final String BOOKSTORE = "BOOKSTORE_URL";

    private final Path root;
    private final Path state;
    private final Map<String, String> environment;
    private final EnvironmentFile file;
    private final LocalStore store;
    private final DemoSource bookstore;

    private Installation(Path root, Path state, Map<String, String> environment) {
        this.root = root;
        this.state = state;
        this.file = new EnvironmentFile(state.resolve("env"));
        this.environment = withoutOurOwn(environment, file.read());
        this.store = new LocalStore(
                state,
                environment.getOrDefault("GALLEY_STORE_BUCKET", "galley"),
                root.resolve("minio/local/target/standin/s3proxy.jar"),
                environment);
        this.bookstore = new DemoSource(
                state,
                root.resolve("data/bookstore/target/bookstore.jar"),
                words(environment.getOrDefault("GALLEY_BOOKSTORE_OPTIONS", "")));
    }

    /** The installation in {@code GALLEY_ROOT}, else in the working directory. Starts nothing. */
    public static Installation open(Map<String, String> environment) {
        Path root = Path.of(environment.getOrDefault("GALLEY_ROOT", ""))
                .toAbsolutePath()
                .normalize();
        return new Installation(
                root, SettingsReader.readFolders(root, environment).state(), environment);
    }

    public Path root() {
        return root;
    }

    public Path state() {
        return state;
    }

    /** Whether the object store is ours to start. */
    public boolean storeIsLocal() {
        return !SettingsReader.namesStore(root, environment);
    }

    /** Whether the bookstore is ours to start. */
    public boolean bookstoreIsLocal() {
        return !isSet(environment, BOOKSTORE) && bookstore.isThere();
    }

    /**
     * Starts what is local and does not run, and notes for other programs where it is. The key that is noted is Spark's: the
     * ingest has another, and the owner's stays where it is.
     *
     * @param say told what takes long
     * @return the services, those of the user included
     */
    public List<Service> up(LocalStore.Choice choice, Consumer<String> say) {
        Map<String, String> found = new LinkedHashMap<>();
        List<Service> services = new ArrayList<>();
        if (storeIsLocal()) {
            boolean ran = store.running().isPresent();
            RunningStore running = store.start(choice, say);
            found.put(STORE, running.endpoint().toString());
            found.put("GALLEY_STORE_BUCKET", running.bucket());
            Settings.Store spark = running.settings(Role.SPARK);
            found.put(ACCESS_KEY, spark.accessKey());
            found.put(SECRET_KEY, spark.secretKey().reveal());
            services.add(new Service(
                    "object store",
                    running.endpoint(),
                    running.kind() + ", bucket " + running.bucket()
                            + (running.keys().isEmpty() ? ", one key for all" : ""),
                    ran ? Service.Standing.RUNNING : Service.Standing.STARTED));
        }
        if (bookstoreIsLocal()) {
            boolean ran = bookstore.running().isPresent();
            URI url = bookstore.start();
            found.put(BOOKSTORE, url.toString());
            services.add(new Service(
                    "bookstore", url, "demo source", ran ? Service.Standing.RUNNING : Service.Standing.STARTED));
        }
        file.write(found);
        return services;
    }

    /** The MinIO server's binary, built if there is none and Go is present. */
    public Path minio(Consumer<String> say) {
        return store.minio(say);
    }

    /** Stops what is local; returns what ran. */
    public List<String> down() {
        List<String> stopped = new ArrayList<>();
        if (bookstore.stop()) {
            stopped.add("bookstore");
        }
        if (store.stop()) {
            stopped.add("object store");
        }
        return stopped;
    }

    /** What the ingest sees, local services included as {@link #up} noted them, the store with the ingest's own key. */
    public Map<String, String> environment() {
        Map<String, String> all = new LinkedHashMap<>(file.read());
        if (all.containsKey(STORE)) {
            store.key(Role.INGEST).ifPresent(key -> {
                all.put(ACCESS_KEY, key.accessKey());
                all.put(SECRET_KEY, key.secretKey().reveal());
            });
        }
        environment.forEach((name, value) -> {
            if (!value.isEmpty()) {
                all.put(name, value);
            }
        });
        return all;
    }

    /** The bookstore's address. */
    public Optional<URI> bookstoreUrl() {
        return Optional.ofNullable(environment().get(BOOKSTORE)).map(URI::create);
    }

    /** The folder of the environment file, for people. */
    public Path environmentFile() {
        return state.resolve("env");
    }

    /** A launcher may have sourced our own file: what it says is not the user's word. */
    private static Map<String, String> withoutOurOwn(Map<String, String> environment, Map<String, String> own) {
        Map<String, String> users = new LinkedHashMap<>(environment);
        for (String anchor : List.of(STORE, BOOKSTORE)) {
            if (own.containsKey(anchor) && own.get(anchor).equals(environment.get(anchor))) {
                own.keySet().stream()
                        .filter(name ->
                                name.equals(anchor) || (anchor.equals(STORE) && name.startsWith("GALLEY_STORE_")))
                        .forEach(users::remove);
            }
        }
        return users;
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
