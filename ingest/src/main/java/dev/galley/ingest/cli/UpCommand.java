package dev.galley.ingest.cli;

import dev.galley.command.Answer;
import dev.galley.command.AnsweringVerb;
import dev.galley.command.Examples;
import dev.galley.command.TextTable;
import dev.galley.local.Installation;
import dev.galley.local.LocalService;
import dev.galley.local.LocalStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code galley up}. */
@Command(
        name = "up",
        description = "Start the local object store, if it does not run, as every verb that needs it does.")
@Examples({"", "--store stand_in"})
final class UpCommand extends AnsweringVerb {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads into it
    private final LogFormat log = new LogFormat();

    @Option(
            names = "--store",
            description = "Object store to begin with: ${COMPLETION-CANDIDATES} (AUTO: MinIO if it can be had).")
    private LocalStore.@Nullable Choice store;

    @Option(names = "--minio-only", description = "Start nothing: find or build MinIO's server and say where it is.")
    private boolean minioOnly;

    @Override
    protected Answer answer() {
        Installation here = Installation.open(environment());
        if (minioOnly) {
            Path minio = here.minio(this::say);
            return Answer.of(Map.of("minio", minio.toString()), out -> out.println(minio));
        }
        List<LocalService> services =
                here.up(Optional.ofNullable(store), this::say).stream().toList();
        TextTable table = new TextTable();
        services.forEach(s -> table.row(s.name(), s.url().toString(), s.detail(), standing(s)));
        table.row("environment", here.environmentFile().path().toString(), "for a shell to source", "");
        return Answer.of(Map.of("services", services), out -> out.print(table));
    }

    private static String standing(LocalService service) {
        return service.standing().name().toLowerCase(Locale.ROOT);
    }
}
