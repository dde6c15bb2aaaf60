package dev.galley.bookstore.list;

import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Instants;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What of a world is to be seen at a time, under the faults that change records.
 *
 * @param now epoch second of the virtual clock
 * @param witness told of each flaw as it is served
 */
public record WorldView(
        World world,
        long now,
        FlawedRecords blemishes,
        Optional<WrongTotals> wrongTotals,
        Consumer<RecordFlaw> witness) {
    /** The grand totals of a region's orders are wrong where they last changed on the day. */
    public record WrongTotals(String region, LocalDate day) {}

    public static WorldView good(World world, long now) {
        return new WorldView(world, now, FlawedRecords.NONE, Optional.empty(), flaw -> {});
    }

    /** The same at another time. */
    public WorldView at(long time) {
        return new WorldView(world, time, blemishes, wrongTotals, witness);
    }

    public long orderUpdatedAt(long order, long naturally) {
        return updatedAt(blemishes.orders(), order, naturally);
    }

    public int orderVersion(long order, int naturally) {
        return version(blemishes.orders(), order, naturally);
    }

    /** Of an order whose taxes are determined. */
    public RecordFlaw orderFlaw(Order order, long updatedAt) {
        RecordFlaw flaw = flaw(blemishes.orders(), order.number());
        if (flaw != RecordFlaw.NONE) {
            return flaw;
        }
        boolean wrong = wrongTotals
                .filter(totals -> totals.region().equals(order.jurisdiction().region())
                        && Instants.utcDate(updatedAt).equals(totals.day()))
                .isPresent();
        if (wrong) {
            witness.accept(RecordFlaw.TOTAL_OFF_BY_TEN);
        }
        return wrong ? RecordFlaw.TOTAL_OFF_BY_TEN : RecordFlaw.NONE;
    }

    public long offerUpdatedAt(int offer) {
        return updatedAt(blemishes.offers(), offer, world.offers().updatedAt(offer, now));
    }

    public int offerVersion(int offer) {
        return version(blemishes.offers(), offer, world.offers().version(offer, now));
    }

    public RecordFlaw offerFlaw(int offer) {
        return flaw(blemishes.offers(), offer);
    }

    /** Whether it was deleted without a trace. */
    public boolean offerIsGone(int offer) {
        FlawedRecords.Blemish blemish = blemishes.offers().get((long) offer);
        boolean gone = blemish != null && blemish.at(now) == RecordFlaw.GONE;
        if (gone) {
            witness.accept(RecordFlaw.GONE);
        }
        return gone;
    }

    /** Empty if it stands. */
    public OptionalLong offerDeletedAt(int offer) {
        FlawedRecords.Blemish blemish = blemishes.offers().get((long) offer);
        return blemish != null && blemish.at(now) == RecordFlaw.SOFT_DELETED
                ? OptionalLong.of(blemish.from())
                : OptionalLong.empty();
    }

    public long bookUpdatedAt(int book) {
        return updatedAt(blemishes.books(), book, world.books().updatedAt(book, now));
    }

    public int bookVersion(int book) {
        return version(blemishes.books(), book, world.books().version(book, now));
    }

    public RecordFlaw bookFlaw(int book) {
        return flaw(blemishes.books(), book);
    }

    private long updatedAt(Map<Long, FlawedRecords.Blemish> blemished, long number, long naturally) {
        FlawedRecords.Blemish blemish = blemished.get(number);
        return blemish == null ? naturally : blemish.updatedAt(naturally, now);
    }

    private int version(Map<Long, FlawedRecords.Blemish> blemished, long number, int naturally) {
        FlawedRecords.Blemish blemish = blemished.get(number);
        return blemish == null ? naturally : blemish.version(naturally, now);
    }

    private RecordFlaw flaw(Map<Long, FlawedRecords.Blemish> blemished, long number) {
        FlawedRecords.Blemish blemish = blemished.get(number);
        RecordFlaw flaw = blemish == null ? RecordFlaw.NONE : blemish.at(now);
        if (flaw != RecordFlaw.NONE) {
            witness.accept(flaw);
        }
        return flaw;
    }
}
