package dev.galley.local;

import dev.galley.definition.settings.Settings;
import dev.galley.definition.settings.SettingsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One Galley on one machine: its folders, its settings, and the object store that it starts itself where the user names none,
 * neither in {@code galley.yml} nor in {@code GALLEY_STORE_ENDPOINT}. With {@code GALLEY_LOCAL_STORE=none} it starts none.
 */
public final class Installation {
    private static final String ENDPOINT = "GALLEY_STORE_ENDPOINT";
    private static final String BUCKET = "GALLEY_STORE_BUCKET";
    private static final String ACCESS_KEY = "GALLEY_STORE_ACCESS_KEY";
    private static final String SECRET_KEY = "GALLEY_STORE_SECRET_KEY";
    private static final Set<String> STORE = Set.of(ENDPOINT, BUCKET, ACCESS_KEY, SECRET_KEY);
    private static final String NONE = "NONE";

    private final Path root;
    private final Path state;
    private final Map<String, String> environment;
    private final EnvironmentFile file;
    private final LocalStore store;

    private Installation(Path root, Path state, Map<String, String> environment) {
        this.root = root;
        this.state = state;
        this.file = new EnvironmentFile(state);
        this.environment = withoutOurOwn(environment, file.read());
        this.store = new LocalStore(
                state,
                environment.getOrDefault(BUCKET, "galley"),
                root.resolve("minio/local/target/standin/s3proxy.jar"),
                environment);
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

    /** Where local servers note where they are. */
    public EnvironmentFile environmentFile() {
        return file;
    }

    /**
     * The settings as a program of this role sees them. The local store is started if they name none and it does not run.
     *
     * @param say told what takes long
     * @throws dev.galley.definition.yaml.DefinitionException with everything that is wrong or missing
     * @throws LocalException if the local store does not start
     */
    public Settings settings(Role role, Consumer<String> say) {
        Map<String, String> all = environment();
        if (storeIsLocal()) {
            Settings.Store running = startStore(choice(), say).settings(role);
            all.put(ENDPOINT, running.endpoint().toString());
            all.put(BUCKET, running.bucket());
            all.put(ACCESS_KEY, running.accessKey());
            all.put(SECRET_KEY, running.secretKey().reveal());
        }
        return SettingsReader.read(root, all);
    }

    /** As {@link #settings}, for who asks the store nothing: a local one that has been started before is not started again. */
    public Settings settingsAtRest(Role role, Consumer<String> say) {
        Map<String, String> noted = file.read();
        if (!storeIsLocal() || !noted.keySet().containsAll(STORE)) {
            return settings(role, say);
        }
        Map<String, String> all = environment();
        STORE.forEach(variable -> all.put(variable, noted.get(variable)));
        return SettingsReader.read(root, all);
    }

    /** The user's variables, and where they say nothing, those that local servers have noted. */
    public Map<String, String> environment() {
        Map<String, String> all = new LinkedHashMap<>(file.read());
        all.keySet().removeAll(STORE);
        environment.forEach((name, value) -> {
            if (!value.isEmpty()) {
                all.put(name, value);
            }
        });
        return all;
    }

    /**
     * Starts the local store if it does not run.
     *
     * @param choice what to begin with; empty: what {@code GALLEY_LOCAL_STORE} says
     * @param say told what takes long
     * @return the store; empty if the user names one
     */
    public Optional<LocalService> up(Optional<LocalStore.Choice> choice, Consumer<String> say) {
        if (!storeIsLocal()) {
            file.replace(STORE, Map.of());
            return Optional.empty();
        }
        boolean ran = store.running().isPresent();
        RunningStore running = startStore(choice.orElseGet(this::choice), say);
        return Optional.of(new LocalService(
                "object store",
                running.endpoint(),
                running.kind() + ", bucket " + running.bucket()
                        + (running.keys().isEmpty() ? ", one key for all" : ""),
                ran ? LocalService.Standing.RUNNING : LocalService.Standing.STARTED));
    }

    /** Stops the local store. Returns whether it ran. */
    public boolean down() {
        return store.stop();
    }

    /** How many bytes the local store holds; empty if the user names a store. */
    public OptionalLong localBytes() {
        return storeIsLocal() ? OptionalLong.of(store.bytes()) : OptionalLong.empty();
    }

    /** The MinIO server's binary, built if there is none and Go is present. */
    public Path minio(Consumer<String> say) {
        return store.minio(say);
    }

    private boolean storeIsLocal() {
        return !wish().equals(NONE) && !SettingsReader.namesStore(root, environment);
    }

    /** Notes Spark's key for shells: the ingest finds its own, and the owner's stays where it is. */
    private RunningStore startStore(LocalStore.Choice choice, Consumer<String> say) {
        RunningStore running = store.start(choice, say);
        Settings.Store spark = running.settings(Role.SPARK);
        file.replace(
                STORE,
                Map.of(
                        ENDPOINT,
                        spark.endpoint().toString(),
                        BUCKET,
                        spark.bucket(),
                        ACCESS_KEY,
                        spark.accessKey(),
                        SECRET_KEY,
                        spark.secretKey().reveal()));
        return running;
    }

    private LocalStore.Choice choice() {
        try {
            return LocalStore.Choice.valueOf(wish());
        } catch (IllegalArgumentException e) {
            throw new LocalException(
                    "Cannot start the object store: GALLEY_LOCAL_STORE must be auto, minio, stand_in or none", e);
        }
    }

    private String wish() {
        return Optional.ofNullable(environment.get("GALLEY_LOCAL_STORE"))
                .filter(wish -> !wish.isEmpty())
                .map(wish -> wish.toUpperCase(Locale.ROOT))
                .orElse(LocalStore.Choice.AUTO.name());
    }

    /** A shell may have sourced our own file: what it says is not the user's word. */
    private static Map<String, String> withoutOurOwn(Map<String, String> environment, Map<String, String> own) {
        Map<String, String> users = new LinkedHashMap<>(environment);
        if (own.containsKey(ENDPOINT) && own.get(ENDPOINT).equals(environment.get(ENDPOINT))) {
            users.keySet().removeAll(STORE);
        }
        return users;
    }
}
