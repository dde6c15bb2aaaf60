package dev.galley.spark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Independent pieces of work on a few threads: what they wait for is Spark's planning and the object store. */
public final class Parallel {
    static final int THREADS = 4;

    private Parallel() {}

    /** One piece of work. */
    public interface Task<T> {
        T run();
    }

    /**
     * The results in the order of the tasks, once all have ended.
     *
     * @throws RuntimeException the first failure in that order, with the others suppressed
     */
    public static <T> List<T> all(List<Task<T>> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(THREADS, tasks.size())));
        try {
            List<Future<T>> futures = new ArrayList<>();
            tasks.forEach(task -> futures.add(threads.submit(task::run)));
            return results(futures);
        } finally {
            threads.shutdown();
        }
    }

    private static <T> List<T> results(List<Future<T>> futures) {
        List<T> results = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failures.add(e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(new IllegalStateException("interrupted", e));
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
        return results;
    }
}
