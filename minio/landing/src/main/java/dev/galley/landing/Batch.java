package dev.galley.landing;

/** A sealed batch. A rejected one stays readable but is skipped by every run. {@code folder} is its key, without a closing slash. */
public record Batch(BatchId id, String folder, boolean rejected) {
    /** The key of one of its parts. */
    public String key(Manifest.Part part) {
        return folder + "/" + part.name();
    }
}
