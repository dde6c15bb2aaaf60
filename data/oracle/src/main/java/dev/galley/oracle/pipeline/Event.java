package dev.galley.oracle.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Something that happens to a pipeline. */
public sealed interface Event {
    /** In a few words. */
    String text();

    /**
     * Batches are landed, then a run is asked for.
     *
     * @param landed records by resource; an empty list is a batch without records
     */
    record Night(Map<String, List<Row>> landed, Refresh refresh, Ending ending) implements Event {
        public Night {
            landed = new TreeMap<>(landed);
        }

        @Override
        public String text() {
            String batches = landed.entrySet().stream()
                    .map(e -> e.getValue().size() + " " + e.getKey())
                    .collect(Collectors.joining(", "));
            return "run" + (batches.isEmpty() ? "" : " with " + batches)
                    + (refresh == Refresh.WHAT_IS_NEW ? "" : ", " + refresh.text())
                    + (ending == Ending.USUAL ? "" : ", " + ending.text());
        }
    }

    /** What a run takes. */
    enum Refresh {
        WHAT_IS_NEW,
        FORWARD_ONLY,
        FULL;

        String text() {
            return this == FULL ? "full refresh" : "forward only";
        }
    }

    /** What becomes of a run that could be published. */
    enum Ending {
        USUAL,
        HELD,
        KILLED_WHILE_WRITING,
        KILLED_AFTER_AUDIT;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The blocked or held run is dropped. */
    record Discard(boolean refetch) implements Event {
        @Override
        public String text() {
            return refetch ? "discard --refetch" : "discard";
        }
    }

    /** The blocked run is kept for a look. */
    record Hold() implements Event {
        @Override
        public String text() {
            return "hold";
        }
    }

    /** The held run is published. */
    record Publish() implements Event {
        @Override
        public String text() {
            return "publish";
        }
    }

    /** The blocked or held run is dropped and built anew. */
    record Rebuild() implements Event {
        @Override
        public String text() {
            return "run --rebuild";
        }
    }

    /**
     * Back to what was published.
     *
     * @param event after which event of the history, from 0; -1: before all
     */
    record Rollback(int event) implements Event {
        @Override
        public String text() {
            return event < 0 ? "rollback --to-empty" : "rollback to after event " + (event + 1);
        }
    }

    /** Somebody rewrites the table's data files. */
    record Compact(String table) implements Event {
        @Override
        public String text() {
            return "compaction of " + table;
        }
    }

    /** Its tags are gone, and all its snapshots but the newest and the newest that a run wrote. */
    record Expire(String table) implements Event {
        @Override
        public String text() {
            return "expiry of snapshots of " + table;
        }
    }

    /**
     * Two batches are landed, and the first is lost before anybody reads it.
     *
     * @param landed the records of the second
     */
    record Lose(String resource, List<Row> landed) implements Event {
        public Lose {
            landed = List.copyOf(landed);
        }

        @Override
        public String text() {
            return "a batch of " + resource + " is lost, the next has " + landed.size();
        }
    }

    /** Lost batches are done without. */
    record GiveUp() implements Event {
        @Override
        public String text() {
            return "discard --batch of what is lost";
        }
    }

    /**
     * Somebody else deletes or updates rows of a table on {@code main}.
     *
     * @param key whose rows
     */
    record Overwrite(String table, boolean deletes, String key) implements Event {
        /** The column that is updated, and what it gets. */
        public static final String COLUMN = "g";

        public static final String VALUE = "moved";

        @Override
        public String text() {
            return "somebody " + (deletes ? "deletes" : "updates") + " rows of " + key + " in " + table;
        }
    }

    /** Its author changes the files. */
    record Edit(String what, Pipeline to) implements Event {
        @Override
        public String text() {
            return what;
        }
    }

    /** Columns that the files have no more are dropped. */
    record Alter() implements Event {
        @Override
        public String text() {
            return "alter";
        }
    }
}
