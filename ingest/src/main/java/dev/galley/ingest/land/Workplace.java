package dev.galley.ingest.land;

import dev.galley.landing.Landing;
import dev.galley.landing.ObjectStore;
import java.nio.file.Path;
import java.time.Clock;

/** What every resource of one ingest works with. */
record Workplace(
        ObjectStore store,
        Landing landing,
        Path spool,
        Clock clock,
        Progress progress,
        PartRule parts,
        String ingestId) {}
