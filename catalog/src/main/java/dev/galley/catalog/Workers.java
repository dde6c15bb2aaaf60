package dev.galley.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same to many things on some threads; waits for all of them, then throws the first failure. */
public record Workers(int threads) {
    public <T> void each(Collection<T> things, Consumer<T> work) {
        if (things.isEmpty()) {
            return;
        }
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, things.size()));
        try {
            List<Future<?>> futures = new ArrayList<>();
            things.forEach(thing -> futures.add(executor.submit(() -> work.accept(thing))));
            await(futures);
        } finally {
            executor.shutdown();
        }
    }

    private static void await(List<Future<?>> futures) {
        RuntimeException failure = null;
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                RuntimeException cause = e.getCause() instanceof RuntimeException known
                        ? known
                        : new IllegalStateException(e.getCause());
                if (failure == null) {
                    failure = cause;
                } else {
                    failure.addSuppressed(cause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
