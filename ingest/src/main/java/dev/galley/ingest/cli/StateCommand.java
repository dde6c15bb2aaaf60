package dev.galley.ingest.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.galley.landing.Batch;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.ResourceId;
import dev.galley.spec.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code galley state}. */
@Command(name = "state", description = "Show where the next ingest of each resource continues. Changes nothing.")
final class StateCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "PIPELINE", description = "name of a folder in data/pipelines")
    private String name = "";

    /** What is landed of one resource. */
    private record Landed(ResourceId resource, int batches, long rejected, Optional<Manifest> newest) {}

    @Override
    public Integer call() {
        PipelineRun run = PipelineRun.open(System.getenv(), name, common::say);
        List<Landed> all = new ArrayList<>();
        try (ObjectStore store = run.store()) {
            Landing landing = new Landing(store, run.pipeline().name());
            for (Source source : run.pipeline().sources()) {
                for (String resource : source.resourceNames()) {
                    all.add(landed(landing, new ResourceId(run.pipeline().name(), source.name(), resource)));
                }
            }
        }
        common.out().print(common.isJson() ? json(all) + System.lineSeparator() : text(all));
        common.out().flush();
        return Exit.DONE;
    }

    private static Landed landed(Landing landing, ResourceId resource) {
        List<Batch> batches = landing.batches(resource);
        return new Landed(
                resource,
                batches.size(),
                batches.stream().filter(Batch::rejected).count(),
                landing.newest(resource));
    }

    private static String text(List<Landed> all) {
        TextTable table = new TextTable().row("resource", "batches", "rejected", "newest", "cursor");
        for (Landed landed : all) {
            table.row(
                    landed.resource().toString(),
                    String.valueOf(landed.batches()),
                    String.valueOf(landed.rejected()),
                    landed.newest().map(manifest -> manifest.batch().name()).orElse("-"),
                    landed.newest().flatMap(Manifest::cursorTo).orElse("-"));
        }
        return table.toString();
    }

    private static String json(List<Landed> all) {
        ArrayNode json = new JsonMapper().createArrayNode();
        for (Landed landed : all) {
            json.addObject()
                    .put("resource", landed.resource().toString())
                    .put("batches", landed.batches())
                    .put("rejected", landed.rejected())
                    .put("newest", landed.newest().map(m -> m.batch().name()).orElse(null))
                    .put("cursor", landed.newest().flatMap(Manifest::cursorTo).orElse(null));
        }
        return json.toPrettyString();
    }
}
