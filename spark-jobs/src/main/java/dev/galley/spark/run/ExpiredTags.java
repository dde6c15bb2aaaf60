package dev.galley.spark.run;

import dev.galley.catalog.ledger.RunId;
import dev.galley.definition.Pipeline.TagRetention;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.yaml.DefinitionException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The runs whose tags a pipeline's retention gives up. Kept are the newest run of each of the last {@code daily} days that have
 * one, of each of the last {@code monthly} months that have one (days and months of UTC), and all of the newest day.
 */
public final class ExpiredTags {
    private ExpiredTags() {}

    /** Of a pipeline as its files are now; none if they cannot be read, or there are none any more. */
    public static List<RunId> of(Workspace workspace, String pipeline) {
        try {
            TagRetention retention = PipelineReader.readOffline(
                            workspace.settings().pipelines().resolve(pipeline))
                    .retention();
            return of(workspace.ledger().publications(pipeline), retention);
        } catch (DefinitionException e) {
            return List.of(); // the next run says what is wrong with them
        }
    }

    /** @param publications newest first, without the one that is about to happen */
    static List<RunId> of(Map<RunId, Instant> publications, TagRetention retention) {
        Set<LocalDate> days = new HashSet<>();
        Set<YearMonth> months = new HashSet<>();
        List<RunId> expired = new ArrayList<>();
        LocalDate newest =
                publications.values().stream().findFirst().map(ExpiredTags::day).orElse(LocalDate.MIN);
        for (Map.Entry<RunId, Instant> publication : publications.entrySet()) {
            LocalDate day = day(publication.getValue());
            boolean ofItsDay = days.size() < retention.daily() && days.add(day);
            boolean ofItsMonth = months.size() < retention.monthly() && months.add(YearMonth.from(day));
            if (!ofItsDay && !ofItsMonth && !day.equals(newest)) {
                expired.add(publication.getKey());
            }
        }
        return expired;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
