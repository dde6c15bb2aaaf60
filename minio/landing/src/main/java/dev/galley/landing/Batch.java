package dev.galley.landing;

/**
 * A batch with a number: sealed, or given up before it was. {@code folder} is its key, without a closing slash.
 *
 * @param rejected it stays readable if it was sealed, but is skipped by every run
 * @param expired its parts were deleted, since what consumed them needs them no more
 */
public record Batch(BatchId id, String folder, boolean rejected, boolean expired) {
    /** The key of one of its parts. */
    public String key(Manifest.Part part) {
        return folder + "/" + part.name();
    }
}
