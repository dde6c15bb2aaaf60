package dev.galley.ingest.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.galley.local.Installation;
import dev.galley.local.LocalService;
import dev.galley.local.LocalStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code galley up}. */
@Command(name = "up", description = "Start the local object store if it does not run; commands that need it do so, too.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--store",
            description = "Object store to begin with: ${COMPLETION-CANDIDATES} (AUTO: MinIO if it can be had).")
    private LocalStore.@Nullable Choice store;

    @Option(names = "--minio-only", description = "Start nothing: find or build MinIO's server and say where it is.")
    private boolean minioOnly;

    @Override
    public Integer call() {
        Installation here = Installation.open(System.getenv());
        if (minioOnly) {
            common.out().println(here.minio(common::say));
            common.out().flush();
            return Exit.DONE;
        }
        List<LocalService> services = here.up(Optional.ofNullable(store), common::say).stream().toList();
        if (common.isJson()) {
            ArrayNode json = new JsonMapper().createArrayNode();
            services.forEach(service -> json.addObject()
                    .put("name", service.name())
                    .put("url", service.url().toString())
                    .put("detail", service.detail())
                    .put("standing", standing(service)));
            common.out().println(json.toPrettyString());
        } else if (!common.isQuiet()) {
            TextTable table = new TextTable();
            services.forEach(s -> table.row(s.name(), s.url().toString(), s.detail(), standing(s)));
            table.row("environment", here.environmentFile().path().toString(), "for a shell to source", "");
            common.out().print(table);
        }
        common.out().flush();
        return Exit.DONE;
    }

    private static String standing(LocalService service) {
        return service.standing().name().toLowerCase(Locale.ROOT);
    }
}
