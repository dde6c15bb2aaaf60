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
 * is over, and right from {@link FlawedRecord#mendedAt} on, as one more version. A function of the world and the days.
 */
public record FlawedRecords(
        Map<Long, FlawedRecord> orders, Map<Long, FlawedRecord> offers, Map<Long, FlawedRecord> books) {
    public static final FlawedRecords NONE = new FlawedRecords(Map.of(), Map.of(), Map.of());

    private static final FlawedRecord FLAWLESS = new FlawedRecord(RecordFlaw.NONE, Long.MAX_VALUE, Long.MAX_VALUE);

    public FlawedRecords {
        orders = Map.copyOf(orders);
        offers = Map.copyOf(offers);
        books = Map.copyOf(books);
    }

    /** An order's flaw; one that is never there if it has none. */
    public FlawedRecord order(long order) {
        return orders.getOrDefault(order, FLAWLESS);
    }

    public FlawedRecord offer(int offer) {
        return offers.getOrDefault((long) offer, FLAWLESS);
    }

    public FlawedRecord book(int book) {
        return books.getOrDefault((long) book, FLAWLESS);
    }

    /** Wrong in one way from {@code from} on, until it is mended; a deletion is a change of its own. */
    public record FlawedRecord(RecordFlaw flaw, long from, long mendedAt) {
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

    public static FlawedRecords of(World world, List<LocalDate> days, List<Deletion> deletions) {
        Map<Long, FlawedRecord> orders = new HashMap<>();
        Map<Long, FlawedRecord> offers = new HashMap<>();
        Map<Long, FlawedRecord> books = new HashMap<>();
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

    /** Finds the first records of a day that fit and are not taken. */
    private record Picker(World world, long dayStart) {
        void pickOrder(Map<Long, FlawedRecord> taken, RecordFlaw flaw, LongPredicate fits) {
            long hour = (dayStart - world.settings().origin()) / Instants.HOUR;
            Arrivals arrivals = world.orders().arrivals();
            for (long order = arrivals.before(hour); order < arrivals.before(hour + 24); order++) {
                if (!taken.containsKey(order) && OrderLife.of(order).isUsual() && fits.test(order)) {
                    taken.put(order, flawed(flaw, world.orders().placedAt(order)));
                    return;
                }
            }
        }

        void pick(Map<Long, FlawedRecord> taken, RecordFlaw flaw, int count, IntPredicate changes) {
            OptionalInt found = IntStream.range(0, count)
                    .filter(number -> !taken.containsKey((long) number) && changes.test(number))
                    .findFirst();
            found.ifPresent(number -> taken.put((long) number, flawed(flaw, dayStart)));
        }

        void delete(Map<Long, FlawedRecord> taken, Deletion deletion) {
            long back = deletion.undone() ? dayStart + Instants.DAY + 1 : Long.MAX_VALUE;
            IntStream.range(0, Offers.COUNT)
                    .filter(number -> !taken.containsKey((long) number))
                    .limit(deletion.count())
                    .forEach(number -> taken.put((long) number, new FlawedRecord(deletion.flaw(), dayStart + 1, back)));
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

        private FlawedRecord flawed(RecordFlaw flaw, long from) {
            return new FlawedRecord(flaw, from, dayStart + Instants.DAY + 1);
        }
    }
}
