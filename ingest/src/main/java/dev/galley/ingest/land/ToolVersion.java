package dev.galley.ingest.land;

/** Which Galley this is. */
public final class ToolVersion {
    private ToolVersion() {}

    /** As in the jar's manifest; {@code dev} for classes that are not in a jar. */
    public static String text() {
        String version = ToolVersion.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
