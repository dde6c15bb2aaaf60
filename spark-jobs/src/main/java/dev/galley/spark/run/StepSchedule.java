package dev.galley.spark.run;

import dev.galley.definition.table.TableName;
import dev.galley.spark.plan.RunPlan;
import dev.galley.spark.plan.Step;
import dev.galley.spark.plan.TableGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Writes the steps of a plan, each as soon as its upstreams are written, a few at a time: Spark plans on one core each. */
record StepSchedule(TableGraph graph, RunPlan plan) {
    private static final int THREADS = 4;

    /**
     * What each step did, in the order of the plan.
     *
     * @throws RuntimeException the first failure, once the steps under way have ended; no further step begins after it
     */
    List<WrittenTable> write(StepWriter writer) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Map<TableName, CompletableFuture<WrittenTable>> done = new LinkedHashMap<>();
            for (Step step : plan.steps()) {
                CompletableFuture<?>[] upstreams = graph.before(step.table()).stream()
                        .filter(done::containsKey)
                        .map(done::get)
                        .toArray(CompletableFuture<?>[]::new);
                done.put(
                        step.table(),
                        CompletableFuture.allOf(upstreams).thenApplyAsync(nothing -> writer.write(step), threads));
            }
            return done.values().stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdown();
            awaitEnd(threads);
        }
    }

    /** A step that still writes must not meet the removal of its branch. */
    private static void awaitEnd(ExecutorService threads) {
        try {
            while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
