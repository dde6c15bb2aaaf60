package dev.galley.catalog;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * A table of the catalog. A lost answer to a commit is settled before anybody hears of it: the same compare-and-set is
 * sent again, and if it finds another pointer, the metadata log behind that pointer says whether ours came first. So a
 * commit ends done, definitely not done, or unknown, and only the second may be tried again.
 */
final class GalleyTableOperations extends BaseMetastoreTableOperations {
    private static final int ATTEMPTS = 4;
    private static final int READ_RETRIES = 20;
    private static final Duration PAUSE = Duration.ofMillis(150);

    private final Database database;
    private final MetadataPointers pointers;
    private final TableIdentifier table;
    private final FileIO io;
    private final MetadataCache cache;

    GalleyTableOperations(
            Database database, MetadataPointers pointers, TableIdentifier table, FileIO io, MetadataCache cache) {
        this.database = database;
        this.pointers = pointers;
        this.table = table;
        this.io = io;
        this.cache = cache;
    }

    @Override
    protected String tableName() {
        return MetadataPointers.CATALOG + "." + table;
    }

    @Override
    public FileIO io() {
        return io;
    }

    @Override
    protected void doRefresh() {
        Optional<String> location = located();
        if (location.isPresent()) {
            refreshFromMetadataLocation(
                    location.get(),
                    null,
                    READ_RETRIES,
                    at -> cache.get(at, file -> TableMetadataParser.read(io, file)));
        } else if (currentMetadataLocation() != null) {
            throw new NoSuchTableException("Cannot refresh %s: it was dropped", table);
        } else {
            disableRefresh();
        }
    }

    /** As the inherited one, but of old metadata files it deletes only those that no row of the database points to. */
    @Override
    public void commit(@Nullable TableMetadata base, TableMetadata next) {
        if (base != current()) {
            throw base == null
                    ? new AlreadyExistsException("Cannot create %s: a table or view of that name exists", table)
                    : new CommitFailedException("Cannot commit %s: its metadata is no longer what was read", table);
        }
        if (base == next) {
            return;
        }
        doCommit(base, next);
        OldMetadata.delete(database, pointers, io, base, next);
        requestRefresh();
    }

    /** Refused also where somebody asked for that place by name. */
    private void requirePlace(TableMetadata next) {
        TableFolder place = TableFolder.of(next.location());
        for (CatalogEntry entry : database.repeatable("look for the place of " + table, pointers::everything)) {
            entry.metadata()
                    .flatMap(TableFolder::ofMetadata)
                    .filter(place::overlaps)
                    .ifPresent(taken -> {
                        throw new LocationTakenException(table.toString(), next.location(), entry);
                    });
        }
    }

    @Override
    protected void doCommit(@Nullable TableMetadata base, TableMetadata next) {
        if (base == null) {
            requirePlace(next);
        }
        String to = writeNewMetadataIfRequired(base == null, next);
        String from = base == null ? null : base.metadataFileLocation();
        SQLException unknown = null;
        for (int attempt = 1; ; attempt++) {
            try {
                if (sent(from, to) || (unknown != null && settled(from, to, unknown))) {
                    return;
                }
                refuse(from);
            } catch (SQLException e) {
                if (unknown == null && Database.forbidden(e)) {
                    throw new ForbiddenException(e, "Cannot commit %s: %s", table, e.getMessage());
                }
                if (unknown == null || !Database.definitelyNothing(e)) {
                    unknown = e;
                }
                if (attempt == ATTEMPTS) {
                    throw Database.definitelyNothing(unknown)
                            ? new CommitFailedException(unknown, "Cannot commit %s: its database is busy", table)
                            : new CommitStateUnknownException(unknown);
                }
                database.pause(PAUSE.multipliedBy(attempt));
            }
        }
    }

    /** False if the pointer is elsewhere or, for a new table, the name is taken. */
    private boolean sent(@Nullable String from, String to) throws SQLException {
        return database.once(connection -> {
            if (from != null) {
                return pointers.move(connection, table, from, to);
            }
            try {
                pointers.insert(connection, table, to);
                return true;
            } catch (SQLException e) {
                if (Database.duplicateKey(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    private boolean settled(@Nullable String from, String to, SQLException unknown) {
        try {
            return happened(from, to, unknown);
        } catch (DatabaseException | RuntimeIOException | NotFoundException e) {
            unknown.addSuppressed(e);
            throw new CommitStateUnknownException(unknown);
        }
    }

    /** Whether an earlier, unanswered attempt moved the pointer. It can not do so any more: the pointer left from. */
    private boolean happened(@Nullable String from, String to, SQLException unknown) {
        Optional<String> now = located();
        if (now.isEmpty()) {
            throw new CommitStateUnknownException(unknown);
        }
        if (now.get().equals(to)) {
            return true;
        }
        var log = TableMetadataParser.read(io, now.get()).previousFiles();
        if (log.stream().anyMatch(entry -> entry.file().equals(to))) {
            return true;
        }
        if (from != null && log.stream().noneMatch(entry -> entry.file().equals(from))) {
            throw new CommitStateUnknownException(unknown); // the log was cut since
        }
        return false;
    }

    private void refuse(@Nullable String from) {
        if (from == null) {
            throw new AlreadyExistsException("Cannot create %s: a table or view of that name exists", table);
        }
        throw new CommitFailedException("Cannot commit %s: its metadata is no longer %s", table, from);
    }

    private Optional<String> located() {
        return database.repeatable("find table " + table, connection -> pointers.location(connection, table));
    }
}
