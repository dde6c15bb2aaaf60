package dev.galley.bookstore.world;

import static dev.galley.bookstore.world.WordLists.pick;

import dev.galley.bookstore.world.chance.SeededRandom;

/** Titles that no book has, in four languages. */
public final class BookTitles {
    private BookTitles() {}

    static String of(String language, long roll) {
        int first = SeededRandom.below(1 << 20, roll);
        int second = SeededRandom.below(1 << 20, SeededRandom.mix(roll));
        return switch (language) {
            case "de" -> "Die " + pick("title_adjective.de", first) + " " + pick("title_noun.de", second);
            case "ja" -> pick("title_adjective.ja", first) + pick("title_noun.ja", second);
            case "am" -> pick("title.am", first);
            default -> english(first, second);
        };
    }

    public static String subtitle(long roll) {
        return pick("subtitle", SeededRandom.below(1 << 20, roll));
    }

    private static String english(int first, int second) {
        String core = pick("title_adjective.en", first) + " " + pick("title_noun.en", second);
        return switch (first / 32 % 4) {
            case 0 -> "The " + core + " of " + pick("title_place.en", second / 64);
            case 1 -> "A " + pick("title_noun.en", first / 128) + " in " + pick("title_place.en", second / 64);
            default -> "The " + core;
        };
    }
}
