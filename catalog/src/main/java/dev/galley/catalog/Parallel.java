package dev.galley.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does the same to many things on a few threads, and waits for all of them. */
public record Parallel(int threads) {
    /**
     * Does it to each of them.
     *
     * @throws RuntimeException the first failure in the order of the things, with the others suppressed
     */
    public <T> void each(Collection<T> things, Consumer<T> work) {
        map(things, thing -> {
            work.accept(thing);
            return true;
        });
    }

    /**
     * Gives the results in the order of the things.
     *
     * @throws RuntimeException the first failure in that order, with the others suppressed
     */
    public <T, R> List<R> map(Collection<T> things, Function<T, R> work) {
        if (things.isEmpty()) {
            return List.of();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, things.size()));
        try {
            return results(pool.invokeAll(things.stream()
                    .map(thing -> (Callable<R>) () -> work.apply(thing))
                    .toList()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } finally {
            pool.shutdown();
        }
    }

    private static <R> List<R> results(List<Future<R>> ended) throws InterruptedException {
        List<R> results = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<R> future : ended) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failure = first(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static RuntimeException first(@Nullable RuntimeException failure, ExecutionException next) {
        RuntimeException cause =
                next.getCause() instanceof RuntimeException known ? known : new IllegalStateException(next.getCause());
        if (failure == null) {
            return cause;
        }
        failure.addSuppressed(cause);
        return failure;
    }
}
