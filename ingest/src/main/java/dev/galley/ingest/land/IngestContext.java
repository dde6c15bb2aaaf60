package dev.galley.ingest.land;

import dev.galley.landing.Landing;
import dev.galley.landing.ObjectStore;
import java.nio.file.Path;
import java.time.Clock;

/** What every resource of one ingest works with. */
record IngestContext(
        ObjectStore store,
        Landing landing,
        Path spool,
        Clock clock,
        IngestProgress progress,
        PartRule parts,
        String ingestId) {}
