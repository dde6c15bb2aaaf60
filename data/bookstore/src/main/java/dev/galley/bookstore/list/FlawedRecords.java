package dev.galley.bookstore.list;

import dev.galley.bookstore.world.Offers;
import dev.galley.bookstore.world.OrderLife;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Arrivals;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.tax.Currency;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * The single bad rows of some days. Each is a record that is born or changes on its day, is served wrong until the day
 * is over, and right from {@link Blemish#mendedAt} on, as one more version. A function of the world and the days.
 */
public final class FlawedRecords {
    public static final FlawedRecords NONE = new FlawedRecords(Map.of(), Map.of(), Map.of());

    private final Map<Long, Blemish> orders;
    private final Map<Long, Blemish> offers;
    private final Map<Long, Blemish> books;

    /** Wrong in one way from {@code from} on, until it is mended; a deletion is a change of its own. */
    public record Blemish(RecordFlaw flaw, long from, long mendedAt) {
        RecordFlaw at(long now) {
            return now >= from && now < mendedAt ? flaw : RecordFlaw.NONE;
        }

        long updatedAt(long naturally, long now) {
            if (now >= mendedAt) {
                return Math.max(naturally, mendedAt);
            }
            return isDeletedBy(now) ? Math.max(naturally, from) : naturally;
        }

        int version(int naturally, long now) {
            return naturally + (now >= mendedAt ? 1 : 0) + (isDeletedBy(now) ? 1 : 0);
        }

        private boolean isDeletedBy(long now) {
            return flaw == RecordFlaw.SOFT_DELETED && now >= from;
        }
    }

    /**
     * Some offers that are deleted when a day begins.
     *
     * @param undone whether they are back a day later
     */
    public record Deletion(RecordFlaw flaw, LocalDate day, int count, boolean undone) {}

    private FlawedRecords(Map<Long, Blemish> orders, Map<Long, Blemish> offers, Map<Long, Blemish> books) {
        this.orders = Map.copyOf(orders);
        this.offers = Map.copyOf(offers);
        this.books = Map.copyOf(books);
    }

    public static FlawedRecords of(World world, List<LocalDate> days, List<Deletion> deletions) {
        Map<Long, Blemish> orders = new HashMap<>();
        Map<Long, Blemish> offers = new HashMap<>();
        Map<Long, Blemish> books = new HashMap<>();
        for (LocalDate day : days.stream().sorted(Comparator.naturalOrder()).toList()) {
            Picker picker = new Picker(world, Instants.startOf(day));
            picker.pickOrder(
                    orders,
                    RecordFlaw.NEGATIVE_SHIPPING,
                    order -> world.orders().order(order).shipping() > 0);
            picker.pickOrder(
                    orders,
                    RecordFlaw.FRACTION_OF_YEN,
                    order -> world.orders().order(order).currency() == Currency.JPY);
            picker.pickOrder(orders, RecordFlaw.TOTAL_OFF_BY_ONE, order -> true);
            picker.pick(offers, RecordFlaw.WRONG_CHECK_DIGIT, Offers.COUNT, picker::offerChanges);
            picker.pick(offers, RecordFlaw.RESERVED_OVER_STOCK, Offers.COUNT, picker::offerChanges);
            picker.pick(books, RecordFlaw.BLANK_TITLE, world.books().count(), picker::bookChanges);
        }
        for (Deletion deletion : deletions) {
            new Picker(world, Instants.startOf(deletion.day())).delete(offers, deletion);
        }
        return new FlawedRecords(orders, offers, books);
    }

    public Map<Long, Blemish> orders() {
        return orders;
    }

    Map<Long, Blemish> offers() {
        return offers;
    }

    Map<Long, Blemish> books() {
        return books;
    }

    /** Finds the first records of a day that fit and are not taken. */
    private record Picker(World world, long dayStart) {
        void pickOrder(Map<Long, Blemish> taken, RecordFlaw flaw, LongPredicate fits) {
            long hour = (dayStart - world.settings().origin()) / Instants.HOUR;
            Arrivals births = world.orders().births();
            for (long order = births.before(hour); order < births.before(hour + 24); order++) {
                if (!taken.containsKey(order) && OrderLife.of(order).isUsual() && fits.test(order)) {
                    taken.put(order, blemish(flaw, world.orders().placedAt(order)));
                    return;
                }
            }
        }

        void pick(Map<Long, Blemish> taken, RecordFlaw flaw, int count, IntPredicate changes) {
            OptionalInt found = IntStream.range(0, count)
                    .filter(number -> !taken.containsKey((long) number) && changes.test(number))
                    .findFirst();
            found.ifPresent(number -> taken.put((long) number, blemish(flaw, dayStart)));
        }

        void delete(Map<Long, Blemish> taken, Deletion deletion) {
            long back = deletion.undone() ? dayStart + Instants.DAY + 1 : Long.MAX_VALUE;
            IntStream.range(0, Offers.COUNT)
                    .filter(number -> !taken.containsKey((long) number))
                    .limit(deletion.count())
                    .forEach(number -> taken.put((long) number, new Blemish(deletion.flaw(), dayStart + 1, back)));
        }

        boolean offerChanges(int offer) {
            return world.offers().updatedAt(offer, dayEnd()) >= dayStart;
        }

        boolean bookChanges(int book) {
            return world.books().updatedAt(book, dayEnd()) >= dayStart;
        }

        private long dayEnd() {
            return dayStart + Instants.DAY - 1;
        }

        private Blemish blemish(RecordFlaw flaw, long from) {
            return new Blemish(flaw, from, dayStart + Instants.DAY + 1);
        }
    }
}
