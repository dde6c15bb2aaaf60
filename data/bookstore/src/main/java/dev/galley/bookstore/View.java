package dev.galley.bookstore;

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
record View(World world, long now, Blemishes blemishes, Optional<WrongTotals> wrongTotals, Consumer<Flaw> witness) {
    /** The grand totals of a region's orders are wrong where they last changed on the day. */
    record WrongTotals(String region, LocalDate day) {}

    static View good(World world, long now) {
        return new View(world, now, Blemishes.NONE, Optional.empty(), flaw -> {});
    }

    /** The same at another time. */
    View at(long time) {
        return new View(world, time, blemishes, wrongTotals, witness);
    }

    long orderUpdatedAt(long order, long naturally) {
        return updatedAt(blemishes.orders(), order, naturally);
    }

    int orderVersion(long order, int naturally) {
        return version(blemishes.orders(), order, naturally);
    }

    /** Of an order whose taxes are determined. */
    Flaw orderFlaw(Order order, long updatedAt) {
        Flaw flaw = flaw(blemishes.orders(), order.number());
        if (flaw != Flaw.NONE) {
            return flaw;
        }
        boolean wrong = wrongTotals
                .filter(totals -> totals.region().equals(order.jurisdiction().region())
                        && Instants.utcDate(updatedAt).equals(totals.day()))
                .isPresent();
        if (wrong) {
            witness.accept(Flaw.TOTAL_OFF_BY_TEN);
        }
        return wrong ? Flaw.TOTAL_OFF_BY_TEN : Flaw.NONE;
    }

    long offerUpdatedAt(int offer) {
        return updatedAt(blemishes.offers(), offer, world.offers().updatedAt(offer, now));
    }

    int offerVersion(int offer) {
        return version(blemishes.offers(), offer, world.offers().version(offer, now));
    }

    Flaw offerFlaw(int offer) {
        return flaw(blemishes.offers(), offer);
    }

    /** Whether it was deleted without a trace. */
    boolean offerIsGone(int offer) {
        Blemishes.Blemish blemish = blemishes.offers().get((long) offer);
        boolean gone = blemish != null && blemish.at(now) == Flaw.GONE;
        if (gone) {
            witness.accept(Flaw.GONE);
        }
        return gone;
    }

    /** Empty if it stands. */
    OptionalLong offerDeletedAt(int offer) {
        Blemishes.Blemish blemish = blemishes.offers().get((long) offer);
        return blemish != null && blemish.at(now) == Flaw.SOFT_DELETED
                ? OptionalLong.of(blemish.from())
                : OptionalLong.empty();
    }

    long bookUpdatedAt(int book) {
        return updatedAt(blemishes.books(), book, world.books().updatedAt(book, now));
    }

    int bookVersion(int book) {
        return version(blemishes.books(), book, world.books().version(book, now));
    }

    Flaw bookFlaw(int book) {
        return flaw(blemishes.books(), book);
    }

    private long updatedAt(Map<Long, Blemishes.Blemish> blemished, long number, long naturally) {
        Blemishes.Blemish blemish = blemished.get(number);
        return blemish == null ? naturally : blemish.updatedAt(naturally, now);
    }

    private int version(Map<Long, Blemishes.Blemish> blemished, long number, int naturally) {
        Blemishes.Blemish blemish = blemished.get(number);
        return blemish == null ? naturally : blemish.version(naturally, now);
    }

    private Flaw flaw(Map<Long, Blemishes.Blemish> blemished, long number) {
        Blemishes.Blemish blemish = blemished.get(number);
        Flaw flaw = blemish == null ? Flaw.NONE : blemish.at(now);
        if (flaw != Flaw.NONE) {
            witness.accept(flaw);
        }
        return flaw;
    }
}
