package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.SeededRandom;

/** Titles that no book has, in four languages. */
public final class BookTitles {
    private static final String[] ADJECTIVES = {
        "Silent", "Crooked", "Amber", "Forgotten", "Restless", "Paper", "Northern", "Borrowed", "Hollow", "Salt",
        "Patient", "Second", "Unwritten", "Copper", "Distant", "Winter", "Honest", "Velvet", "Broken", "Last"
    };
    private static final String[] NOUNS = {
        "Orchard",
        "Harbour",
        "Lighthouse",
        "Cartographer",
        "Garden",
        "Station",
        "Archive",
        "River",
        "Clockmaker",
        "Library",
        "Bridge",
        "Letter",
        "Mountain",
        "Lantern",
        "Voyage",
        "Kitchen",
        "Observatory",
        "Meadow",
        "Tide",
        "Map"
    };
    private static final String[] PLACES = {
        "Leith", "the Delta", "Valparaiso", "Gondar", "the Uplands", "Kobe", "Lisbon", "the Marsh", "Trieste", "Bergen"
    };
    private static final String[] GERMAN_ADJECTIVES = {
        "stille", "ferne", "gläserne", "letzte", "blaue", "vergessene", "lange", "weiße", "wilde", "späte"
    };
    private static final String[] GERMAN_NOUNS = {
        "Brücke", "Straße", "Küste", "Werkstatt", "Reise", "Nacht", "Bücherei", "Wiese", "Mühle", "Geschichte"
    };
    private static final String[] JAPANESE_ADJECTIVES = {"静かな", "遠い", "青い", "最後の", "小さな", "白い", "忘れられた", "長い"};
    private static final String[] JAPANESE_NOUNS = {"庭", "港", "図書館", "手紙", "山", "時計", "橋", "海", "夜", "地図"};
    private static final String[] AMHARIC = {"የጠዋት ፀሐይ", "ረጅሙ መንገድ", "የተራራው ቤት", "አዲስ አበባ", "የሌሊት ዝናብ", "ትንሹ ወንዝ"};
    private static final String[] SUBTITLES = {
        "A Novel", "Stories", "A History", "Essays", "A Memoir", "Poems", "A Field Guide", "Collected Letters"
    };

    private BookTitles() {}

    static String of(String language, long roll) {
        int first = SeededRandom.below(1 << 20, roll);
        int second = SeededRandom.below(1 << 20, SeededRandom.mix(roll));
        return switch (language) {
            case "de" -> "Die " + pick(GERMAN_ADJECTIVES, first) + " " + pick(GERMAN_NOUNS, second);
            case "ja" -> pick(JAPANESE_ADJECTIVES, first) + pick(JAPANESE_NOUNS, second);
            case "am" -> pick(AMHARIC, first);
            default -> english(first, second);
        };
    }

    public static String subtitle(long roll) {
        return pick(SUBTITLES, SeededRandom.below(1 << 20, roll));
    }

    private static String english(int first, int second) {
        String core = pick(ADJECTIVES, first) + " " + pick(NOUNS, second);
        return switch (first / 32 % 4) {
            case 0 -> "The " + core + " of " + pick(PLACES, second / 64);
            case 1 -> "A " + pick(NOUNS, first / 128) + " in " + pick(PLACES, second / 64);
            default -> "The " + core;
        };
    }

    private static String pick(String[] from, int number) {
        return from[number % from.length];
    }
}
