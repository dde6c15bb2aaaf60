package dev.galley.spark.plan;

import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.TableName;
import dev.galley.landing.ResourceId;
import dev.galley.spark.SparkJobException;
import java.util.ArrayList;
import java.util.List;

/** Batches that a run should read are not in the landing; to go on without them would lose them for good. */
public final class LandingGapException extends SparkJobException {
    private static final long serialVersionUID = 1L;

    private LandingGapException(String message, NextStep... next) {
        super(message, next);
    }

    /** Of several resources, all at once. */
    static LandingGapException of(List<LandingGapException> gaps) {
        return gaps.size() == 1
                ? gaps.get(0)
                : new LandingGapException(
                        String.join(
                                "; ", gaps.stream().map(Throwable::getMessage).toList()),
                        gaps.stream()
                                .flatMap(gap -> gap.nextSteps().stream())
                                .distinct()
                                .toArray(NextStep[]::new));
    }

    static LandingGapException missing(ResourceId resource, List<Long> missing, boolean expired) {
        String why = expired
                ? " of which parts were deleted as read, though a rollback reads them again"
                : " which are not in the landing, though a later one is. Wait for them or put them back";
        NextStep discard = discard(resource, ranges(missing));
        return new LandingGapException(
                "Cannot read " + resource + ": batches " + ranges(missing) + "," + why,
                discard.to("If they are lost, give them up and fetch anew from there"),
                discard.with("--only").to("Or give them up, and what came later stays"));
    }

    static LandingGapException behind(ResourceId resource, long newest, long last) {
        return new LandingGapException(
                "Cannot read " + resource + ": its batches were read up to " + last + ", and the landing has "
                        + (newest == 0 ? "none" : "them up to " + newest)
                        + ": they are gone, or this is another landing. Put them back",
                newest == 0
                        ? discard(resource, String.valueOf(last)).with("--only").to("To go on after what was read")
                        : anew(resource));
    }

    static LandingGapException forgotten(ResourceId resource, TableName table) {
        return new LandingGapException(
                "Cannot tell which batches of " + resource + " " + table
                        + " has read: the snapshots that say so have expired",
                anew(resource));
    }

    static LandingGapException another(ResourceId resource, long last) {
        return new LandingGapException(
                "Cannot read " + resource + ": its batch " + last
                        + " is not the one that was read; this is another landing. Put the old one back",
                anew(resource));
    }

    private static NextStep anew(ResourceId resource) {
        return NextStep.rollBackToEmpty(resource.pipeline())
                .then(NextStep.run(resource.pipeline()))
                .to("If this landing holds everything");
    }

    private static NextStep discard(ResourceId resource, String batches) {
        return NextStep.discardBatches(resource.pipeline(), resource + "/" + batches);
    }

    /** {@code 3-5,8}. */
    static String ranges(List<Long> numbers) {
        List<String> ranges = new ArrayList<>();
        long first = numbers.get(0);
        long last = first;
        for (long number : numbers) {
            if (number > last + 1) {
                ranges.add(range(first, last));
                first = number;
            }
            last = number;
        }
        ranges.add(range(first, last));
        return String.join(",", ranges);
    }

    private static String range(long first, long last) {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }
}
