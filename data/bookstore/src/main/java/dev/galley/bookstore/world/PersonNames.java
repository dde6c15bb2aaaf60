package dev.galley.bookstore.world;

import dev.galley.bookstore.world.tax.Country;
import dev.galley.bookstore.world.tax.Jurisdiction;
import java.util.Optional;

/** Names of people and streets, as their countries write them. */
public final class PersonNames {
    private static final String[] GIVEN_US = {
        "Olivia", "Liam", "Emma", "Noah", "Ava", "Mason", "Sofia", "Lucas", "Mia", "Ethan", "Grace", "Owen"
    };
    private static final String[] FAMILY_US = {
        "Parker", "Nguyen", "Garcia", "Brooks", "O'Neill", "Washington", "Kim", "Reyes", "Bennett", "Cole"
    };
    private static final String[] GIVEN_DE = {"Anna", "Jürgen", "Käthe", "Lukas", "Björn", "Sören", "Lena", "Miriam"};
    private static final String[] FAMILY_DE = {"Müller", "Schröder", "Weiß", "Becker", "Krüger", "Vogel", "Jäger"};
    private static final String[] GIVEN_JP = {"陽菜", "蓮", "結衣", "大翔", "さくら", "健一", "美咲", "翔太"};
    private static final String[] FAMILY_JP = {"佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本"};
    private static final String[] GIVEN_ET = {
        "Almaz Bekele", "Dawit Haile", "Hana Tesfaye", "Abebe Girma", "ሰላም ታደሰ", "Yonas Alemu", "ሚካኤል ደስታ"
    };
    private static final String[] STREETS_US = {"Maple Ave", "2nd St", "Sunset Blvd", "Oak St", "Mission St", "Main St"
    };
    private static final String[] STREETS_DE = {"Lindenstraße", "Gartenweg", "Hauptstraße", "Am Kanal", "Schillerplatz"
    };
    private static final String[] WARDS_JP = {"千代田区神田", "新宿区西新宿", "文京区本郷", "台東区上野", "世田谷区北沢"};
    private static final String[] PLACES_ET = {"Bole Road, near Edna Mall", "Piassa, behind the post office", "ካዛንቺስ"};
    private static final String[] CITIES_CA = {"San Diego", "Sacramento", "Fresno", "San Jose", "Long Beach"};
    private static final int[] ZIPS_CA = {92101, 95811, 93701, 95110, 90802};

    private PersonNames() {}

    public static String given(Country country, int number) {
        return switch (country) {
            case US -> pick(GIVEN_US, number);
            case DE -> pick(GIVEN_DE, number);
            case JP -> pick(GIVEN_JP, number);
            case ET -> pick(GIVEN_ET, number);
        };
    }

    /** Empty where people go by given and father's name. */
    public static Optional<String> family(Country country, int number) {
        return switch (country) {
            case US -> Optional.of(pick(FAMILY_US, number));
            case DE -> Optional.of(pick(FAMILY_DE, number));
            case JP -> Optional.of(pick(FAMILY_JP, number));
            case ET -> Optional.empty();
        };
    }

    static String street(Country country, int number, int house) {
        return switch (country) {
            case US -> house + " " + pick(STREETS_US, number);
            case DE -> pick(STREETS_DE, number) + " " + house;
            case JP -> pick(WARDS_JP, number) + house % 9 + "-" + house % 23 + "-" + house % 17;
            case ET -> pick(PLACES_ET, number);
        };
    }

    static String city(Jurisdiction jurisdiction, int number) {
        return jurisdiction.city().orElseGet(() -> pick(CITIES_CA, number));
    }

    /** Fits the city that {@link #city} gives for the same number. */
    static Optional<String> postalCode(Jurisdiction jurisdiction, int number) {
        return switch (jurisdiction) {
            case US_CA_LA -> Optional.of(Integer.toString(90001 + number % 68));
            case US_CA_SF -> Optional.of(Integer.toString(94102 + number % 32));
            case US_CA_OTHER -> Optional.of(Integer.toString(ZIPS_CA[number % ZIPS_CA.length]));
            case US_NY_NYC -> Optional.of(Integer.toString(10001 + number % 40));
            case US_OR_PDX -> Optional.of(Integer.toString(97201 + number % 32));
            case US_MT_BIL -> Optional.of(Integer.toString(59101 + number % 8));
            case DE_BE_BER -> Optional.of(Integer.toString(10115 + number % 300));
            case JP_13_TYO -> Optional.of((100 + number % 100) + "-" + (1_000 + number % 9_000));
            case ET_AA_ADD -> number % 3 == 0 ? Optional.empty() : Optional.of(Integer.toString(1000 + number % 200));
        };
    }

    private static String pick(String[] from, int number) {
        return from[number % from.length];
    }
}
