package dev.galley.ingest.cli;

import dev.galley.ingest.land.ToolVersion;
import picocli.CommandLine.IVersionProvider;

/** For {@code --version}. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"galley " + ToolVersion.text()};
    }
}
