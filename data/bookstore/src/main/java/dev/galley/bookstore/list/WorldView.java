package dev.galley.bookstore.list;

import dev.galley.bookstore.list.FlawedRecords.FlawedRecord;
import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Instants;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What of a world is to be seen at a time, under the faults that change records.
 *
 * @param now epoch second of the virtual clock
 * @param witness told of each flaw as it is served
 */
public record WorldView(
        World world, long now, FlawedRecords flawed, Optional<WrongTotals> wrongTotals, Consumer<RecordFlaw> witness) {
    /** The grand totals of a region's orders are wrong where they last changed on the day. */
    public record WrongTotals(String region, LocalDate day) {}

    /** The same at another time. */
    public WorldView at(long time) {
        return new WorldView(world, time, flawed, wrongTotals, witness);
    }

    /** When a record changed last, be it naturally or by its flaw. */
    public long updatedAt(FlawedRecord record, long naturally) {
        return record.updatedAt(naturally, now);
    }

    /** The version of a record, with those that its flaw makes. */
    public int version(FlawedRecord record, int naturally) {
        return record.version(naturally, now);
    }

    /** What is wrong with a record that is served. */
    public RecordFlaw flaw(FlawedRecord record) {
        return witnessed(record.at(now));
    }

    /** Whether a record was deleted without a trace. */
    public boolean isGone(FlawedRecord record) {
        return record.at(now) == RecordFlaw.GONE && flaw(record) == RecordFlaw.GONE;
    }

    /** What is wrong with an order that is served, whose taxes are determined. */
    public RecordFlaw orderFlaw(Order order, long updatedAt) {
        RecordFlaw flaw = flaw(flawed.order(order.number()));
        boolean wrong = flaw == RecordFlaw.NONE
                && wrongTotals
                        .filter(totals ->
                                totals.region().equals(order.jurisdiction().region())
                                        && Instants.utcDate(updatedAt).equals(totals.day()))
                        .isPresent();
        return wrong ? witnessed(RecordFlaw.TOTAL_OFF_BY_TEN) : flaw;
    }

    private RecordFlaw witnessed(RecordFlaw flaw) {
        if (flaw != RecordFlaw.NONE) {
            witness.accept(flaw);
        }
        return flaw;
    }
}
