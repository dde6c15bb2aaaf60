package dev.galley.spark.table;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Parallel;
import dev.galley.definition.Pipeline;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.spark.plan.TableState;
import dev.galley.spark.view.RunView;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;

/** How tables stand on {@code main}, each read once. A table that was not asked for at the start is read when it is. */
public final class PublishedState implements RunView.Pins {
    private static final Parallel READING = new Parallel(4);

    private final GalleyCatalog catalog;
    private final Map<TableName, String> locations;
    private final Map<TableName, TableState> states = new ConcurrentHashMap<>();

    private PublishedState(GalleyCatalog catalog, Map<TableName, String> locations) {
        this.catalog = catalog;
        this.locations = locations;
    }

    /** Reads the tables that a pipeline declares and their quarantines, several at once: each costs a file of the store. */
    public static PublishedState read(GalleyCatalog catalog, Pipeline pipeline) {
        return read(catalog, catalog.locations(), pipeline);
    }

    /** As they were when their metadata was there. */
    public static PublishedState read(GalleyCatalog catalog, Map<TableName, String> locations, Pipeline pipeline) {
        return read(
                catalog,
                locations,
                pipeline.tables().stream()
                        .map(PipelineTable::name)
                        .flatMap(name -> Stream.of(name, name.quarantine()))
                        .toList());
    }

    /** Reads these tables; one that is not there is new. */
    public static PublishedState read(
            GalleyCatalog catalog, Map<TableName, String> locations, Collection<TableName> tables) {
        PublishedState published = new PublishedState(catalog, locations);
        READING.each(tables, published::of);
        return published;
    }

    /** The snapshot of {@code main}; null if there is none. */
    @Override
    public @Nullable Long get(TableName table) {
        OptionalLong head = of(table).head();
        return head.isPresent() ? head.getAsLong() : null;
    }

    public Optional<Long> pin(TableName table) {
        return Optional.ofNullable(get(table));
    }

    public TableState of(TableName table) {
        return states.computeIfAbsent(table, this::read);
    }

    /** As it was at the start; if that metadata file is gone by now, as it is. */
    private TableState read(TableName table) {
        String location = locations.get(table);
        if (location == null) {
            return TableState.NEW;
        }
        try {
            return PublishedTable.state(catalog.at(table, location));
        } catch (NotFoundException e) {
            return PublishedTable.state(catalog.load(table));
        } catch (RuntimeException e) {
            throw new IllegalStateException("Cannot read " + table + ": " + e.getMessage(), e);
        }
    }
}
