package dev.galley.bookstore.world.tax;

import dev.galley.bookstore.world.chance.SeededRandom;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A shop with a door. Stores are numbers: the index in {@link #ALL}. */
public record Store(Jurisdiction jurisdiction, String city, LocalDate openedOn) {
    public static final List<Store> ALL = List.of(
            new Store(Jurisdiction.US_CA_LA, "Los Angeles", LocalDate.of(2009, 5, 2)),
            new Store(Jurisdiction.US_CA_LA, "Los Angeles", LocalDate.of(2018, 9, 14)),
            new Store(Jurisdiction.US_CA_SF, "San Francisco", LocalDate.of(2011, 3, 19)),
            new Store(Jurisdiction.US_CA_OTHER, "San Diego", LocalDate.of(2015, 6, 6)),
            new Store(Jurisdiction.US_NY_NYC, "New York", LocalDate.of(2010, 10, 1)),
            new Store(Jurisdiction.US_NY_NYC, "New York", LocalDate.of(2019, 2, 23)),
            new Store(Jurisdiction.US_OR_PDX, "Portland", LocalDate.of(2013, 4, 27)),
            new Store(Jurisdiction.US_MT_BIL, "Billings", LocalDate.of(2016, 8, 13)),
            new Store(Jurisdiction.DE_BE_BER, "Berlin", LocalDate.of(2012, 11, 10)),
            new Store(Jurisdiction.JP_13_TYO, "Tokyo", LocalDate.of(2014, 7, 5)),
            new Store(Jurisdiction.JP_13_TYO, "Tokyo", LocalDate.of(2020, 10, 17)),
            new Store(Jurisdiction.ET_AA_ADD, "Addis Ababa", LocalDate.of(2017, 1, 21)));

    private static final int PERCENT = 20;
    private static final Map<Jurisdiction, int[]> BY_JURISDICTION = byJurisdiction();

    /** Draws the number of a store in the jurisdiction, twice from {@code draw} on; empty for who buys on the web. */
    public static OptionalInt drawn(SeededRandom.Draws random, long index, int draw, Jurisdiction jurisdiction) {
        if (random.below(100, index, draw) >= PERCENT) {
            return OptionalInt.empty();
        }
        int[] stores = Objects.requireNonNull(BY_JURISDICTION.get(jurisdiction));
        return OptionalInt.of(stores[random.below(stores.length, index, draw + 1)]);
    }

    private static Map<Jurisdiction, int[]> byJurisdiction() {
        Map<Jurisdiction, int[]> numbers = new EnumMap<>(Jurisdiction.class);
        for (Jurisdiction jurisdiction : Jurisdiction.values()) {
            numbers.put(
                    jurisdiction,
                    IntStream.range(0, ALL.size())
                            .filter(store -> ALL.get(store).jurisdiction() == jurisdiction)
                            .toArray());
        }
        return numbers;
    }
}
