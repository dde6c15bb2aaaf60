package dev.galley.definition;

import dev.galley.definition.source.Source;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline as its folder says it: what to pull, which tables to compute, what must hold.
 *
 * @param folder where it was read from
 * @param tables bronze tables and models, sorted by name
 * @param checks the custom checks of {@code checks/}, each a SELECT of offending rows
 */
public record Pipeline(
        String name,
        Optional<String> description,
        String owner,
        Publish publish,
        TagRetention retention,
        Path folder,
        List<Source> sources,
        List<PipelineTable> tables,
        List<CustomCheck> checks) {
    /**
     * This pipeline, once its folder and its file say the same name: commands find the folder by the name, and the tables of the
     * catalog, runs and leases by the name as well.
     *
     * @throws DefinitionException if the two differ
     */
    public Pipeline underItsName() {
        misnamed().ifPresent(problem -> {
            throw new DefinitionException(List.of(problem));
        });
        return this;
    }

    /** That the folder and the file say different names. */
    public Optional<Problem> misnamed() {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null || name.equals(last.toString())
                ? Optional.empty()
                : Optional.of(new Problem(
                        new FileLocation(folder.resolve("pipeline.yml"), 1),
                        "the pipeline's name is " + name + ", but its folder is " + last + "; rename the folder: mv "
                                + folder + " " + folder.resolveSibling(name)));
    }

    public Pipeline {
        sources = List.copyOf(sources);
        tables = List.copyOf(tables);
        checks = List.copyOf(checks);
    }

    /** Whether an audited run is published at once or waits for a person. */
    public enum Publish {
        AUTO,
        MANUAL
    }

    /** How many tags of published runs are kept; the newest run of a day, of a month. */
    public record TagRetention(int daily, int monthly) {
        /**
         * The publications whose tags are given up. Kept are the newest of each of the last {@code daily} days that have one, of
         * each of the last {@code monthly} months that have one (days and months of UTC), and all of the newest day.
         *
         * @param publications with the instant, newest first, without the one that is about to happen
         */
        public <R> List<R> givenUp(Map<R, Instant> publications) {
            Set<LocalDate> days = new HashSet<>();
            Set<YearMonth> months = new HashSet<>();
            LocalDate newest = publications.values().stream()
                    .findFirst()
                    .map(TagRetention::day)
                    .orElse(LocalDate.MIN);
            List<R> givenUp = new ArrayList<>();
            publications.forEach((run, at) -> {
                LocalDate day = day(at);
                boolean ofItsDay = days.size() < daily && days.add(day);
                boolean ofItsMonth = months.size() < monthly && months.add(YearMonth.from(day));
                if (!ofItsDay && !ofItsMonth && !day.equals(newest)) {
                    givenUp.add(run);
                }
            });
            return givenUp;
        }

        private static LocalDate day(Instant at) {
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }
    }

    public Optional<PipelineTable> table(TableName name) {
        return tables.stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
