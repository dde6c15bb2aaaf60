package dev.galley.bookstore.world;

import static dev.galley.bookstore.world.WordLists.pick;

import dev.galley.bookstore.world.tax.Country;
import dev.galley.bookstore.world.tax.Jurisdiction;
import java.util.Optional;

/** Names of people and streets, as their countries write them. */
public final class PersonNames {
    private PersonNames() {}

    public static String given(Country country, int number) {
        return pick("given." + country, number);
    }

    /** Empty where people go by given and father's name. */
    public static Optional<String> family(Country country, int number) {
        return WordLists.find("family." + country).map(names -> pick(names, number));
    }

    static String street(Country country, int number, int house) {
        String street = pick("street." + country, number);
        return switch (country) {
            case US -> house + " " + street;
            case DE -> street + " " + house;
            case JP -> street + house % 9 + "-" + house % 23 + "-" + house % 17;
            case ET -> street;
        };
    }

    static String city(Jurisdiction jurisdiction, int number) {
        return jurisdiction.city().orElseGet(() -> pick("city." + jurisdiction, number));
    }

    /** Fits the city that {@link #city} gives for the same number. */
    static Optional<String> postalCode(Jurisdiction jurisdiction, int number) {
        return switch (jurisdiction) {
            case US_CA_LA -> Optional.of(Integer.toString(90001 + number % 68));
            case US_CA_SF -> Optional.of(Integer.toString(94102 + number % 32));
            case US_CA_OTHER -> Optional.of(pick("zip.US_CA_OTHER", number));
            case US_NY_NYC -> Optional.of(Integer.toString(10001 + number % 40));
            case US_OR_PDX -> Optional.of(Integer.toString(97201 + number % 32));
            case US_MT_BIL -> Optional.of(Integer.toString(59101 + number % 8));
            case DE_BE_BER -> Optional.of(Integer.toString(10115 + number % 300));
            case JP_13_TYO -> Optional.of((100 + number % 100) + "-" + (1_000 + number % 9_000));
            case ET_AA_ADD -> number % 3 == 0 ? Optional.empty() : Optional.of(Integer.toString(1000 + number % 200));
        };
    }
}
