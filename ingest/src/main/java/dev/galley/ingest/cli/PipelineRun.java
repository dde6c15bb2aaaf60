package dev.galley.ingest.cli;

import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.settings.Settings;
import dev.galley.landing.Landing;
import dev.galley.landing.ObjectStore;
import dev.galley.local.Installation;
import dev.galley.local.Role;
import dev.galley.store.MinioObjectStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** A pipeline of this installation, with the store it needs running. */
record PipelineRun(Settings settings, Pipeline pipeline) {
    /** Reads settings and pipeline; starts the local store if it is the one that is used and does not run. */
    static PipelineRun open(Map<String, String> environment, String name, Consumer<String> say) {
        Installation here = Installation.open(environment);
        Settings settings = here.settings(Role.INGEST, say);
        Pipeline pipeline =
                PipelineReader.read(folder(settings, name), here.environment()).underItsName();
        return new PipelineRun(settings, pipeline);
    }

    private static Path folder(Settings settings, String name) {
        return settings.pipelines().resolve(name).normalize();
    }

    Resources resources() {
        return Resources.of(pipeline);
    }

    /** The landing of the pipeline in that store. */
    Landing landing(ObjectStore store) {
        return new Landing(store, pipeline.name());
    }

    ObjectStore store() {
        return MinioObjectStore.open(settings.store());
    }
}
