package dev.galley.spark.action;

import dev.galley.catalog.run.Status;
import dev.galley.definition.Pipeline;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.landing.Batch;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.StoreException;
import dev.galley.spark.plan.LandingGapException;
import dev.galley.spark.plan.Planner;
import dev.galley.spark.plan.RunPlan;
import dev.galley.spark.run.NamedBatches;
import dev.galley.spark.run.Progress;
import dev.galley.spark.run.Runner;
import dev.galley.spark.run.Workspace;
import java.util.ArrayList;
import java.util.List;

/** The batches that the next run takes, and what of them will stop it. */
final class WaitingBatches {
    private final Workspace workspace;
    private final Pipeline pipeline;
    private final Landing landing;
    private final List<Batch> batches;

    private WaitingBatches(Workspace workspace, Pipeline pipeline, RunPlan plan) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.landing = workspace.landing(pipeline.name());
        this.batches = plan.batches();
    }

    static List<Diagnose.Finding> findings(Workspace workspace, Pipeline pipeline) {
        String name = pipeline.name();
        try {
            RunPlan plan = new Runner(workspace, pipeline, Progress.SILENT).plan(Planner.Refresh.WHAT_IS_NEW);
            return new WaitingBatches(workspace, pipeline, plan).findings(plan);
        } catch (LandingGapException e) {
            return List.of(new Diagnose.Finding(name, false, String.valueOf(e.getMessage()), e.nextSteps()));
        } catch (DefinitionException e) {
            String first = e.problems().get(0).toString();
            return List.of(new Diagnose.Finding(name, true, "cannot tell what waits: " + first, NextStep.plan(name)));
        }
    }

    private List<Diagnose.Finding> findings(RunPlan plan) {
        String name = pipeline.name();
        List<Diagnose.Finding> findings = new ArrayList<>();
        findings.add(
                batches.isEmpty()
                        ? new Diagnose.Finding(name, true, "no batches wait")
                        : new Diagnose.Finding(
                                name, true, batches.size() + " batches wait for a run", NextStep.run(name)));
        for (int i = 0; i < plan.notes().size(); i++) {
            boolean isLast = i == plan.notes().size() - 1;
            findings.add(new Diagnose.Finding(name, true, plan.notes().get(i), isLast ? plan.next() : List.of()));
        }
        batches.forEach(batch -> unreadable(batch)
                .forEach(why -> findings.add(new Diagnose.Finding(
                        name, false, why, rejecting("Or reject its batch, to be fetched again", List.of(batch))))));
        workspace.runs().list(name, 1).stream()
                .filter(run -> run.status() == Status.FAILED && !batches.isEmpty())
                .forEach(run -> findings.add(new Diagnose.Finding(
                        name, true, "run " + run.id() + " failed", rejecting("If a record makes it fail", batches))));
        return findings;
    }

    /** Parts that are gone or have another size; what is inside is looked at by the run. */
    private List<String> unreadable(Batch batch) {
        try {
            List<String> bad = new ArrayList<>();
            for (Manifest.Part part : landing.manifest(batch).parts()) {
                String key = batch.key(part);
                boolean whole = workspace
                        .store()
                        .find(key)
                        .map(object -> object.size() == part.bytes())
                        .orElse(false);
                if (!whole) {
                    bad.add(key + " is gone or not as it was sealed: put it back");
                }
            }
            return bad;
        } catch (StoreException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private List<NextStep> rejecting(String purpose, List<Batch> batches) {
        return NamedBatches.rejecting(pipeline.name(), batches).stream()
                .map(step -> step.to(purpose))
                .toList();
    }
}
