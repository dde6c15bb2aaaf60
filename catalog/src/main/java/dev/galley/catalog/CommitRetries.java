package dev.galley.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.util.Tasks;

/** Tries a change of a table again where another writer's commit came first. */
final class CommitRetries {
    private static final int RETRIES = 5;

    private CommitRetries() {}

    /**
     * What the first attempt that was not overtaken gives.
     *
     * @param attempt reads the table anew each time
     * @throws CommitFailedException if all attempts were overtaken
     */
    static <R> R committed(Supplier<R> attempt) {
        List<R> result = new ArrayList<>();
        Tasks.foreach(attempt)
                .retry(RETRIES)
                .onlyRetryOn(CommitFailedException.class)
                .exponentialBackoff(10, 1000, 60_000, 2)
                .run(one -> result.add(one.get()));
        return result.get(0);
    }
}
