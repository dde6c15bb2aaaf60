package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.chance.Period;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.Country;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The catalogue. Books are numbers below {@link #count}; the first ones are those from a file, if there is one. */
public final class Books {
    public static final int COUNT = 5_000;
    public static final int AUTHORS = 2_500;
    /** German titles stand from here on, Japanese ones from {@link #JAPANESE}, English ones again from {@link #MORE}. */
    static final int GERMAN = 1_500;

    static final int JAPANESE = 2_300;
    static final int MORE = 3_100;

    private static final int AMHARIC = 120;

    private final SeededRandom.Draws random;
    private final Isbn isbn;
    private final Period period;
    private final RealBooks real;
    private final Map<String, Integer> realByIsbn = new HashMap<>();

    Books(SeededRandom random, long origin, RealBooks real) {
        this.random = random.of(Purpose.BOOK);
        this.real = real;
        for (int book = 0; book < real.books().size(); book++) {
            realByIsbn.put(real.books().get(book).isbn13(), book);
        }
        isbn = new Isbn(random);
        period = new Period(origin, 200);
    }

    public int count() {
        return Math.max(COUNT, real.books().size());
    }

    /** Whether it comes from a file. */
    public boolean isReal(int book) {
        return book < real.books().size();
    }

    public String isbn(int book) {
        return isReal(book) ? real.books().get(book).isbn13() : isbn.of(book);
    }

    public OptionalInt book(String isbn13) {
        Integer fromFile = realByIsbn.get(isbn13);
        if (fromFile != null) {
            return OptionalInt.of(fromFile);
        }
        OptionalInt made = isbn.book(isbn13, COUNT);
        return made.isPresent() && isReal(made.getAsInt()) ? OptionalInt.empty() : made;
    }

    /** Of a book from a file; empty if it stands not there. */
    public Optional<String> year(int book) {
        return real.books().get(book).year();
    }

    public String language(int book) {
        if (isReal(book)) {
            return real.books().get(book).language();
        }
        if (book < AMHARIC) {
            return "am";
        }
        if (book >= GERMAN && book < JAPANESE) {
            return "de";
        }
        return book >= JAPANESE && book < MORE ? "ja" : "en";
    }

    public String title(int book) {
        return isReal(book) ? real.books().get(book).title() : BookTitles.of(language(book), roll(book, 1));
    }

    /** In minor units; in DE and JP it never changes. */
    public long listPrice(int book, Country country, int version) {
        long base = (5 + below(30, book, 2)) * 100L + 99;
        return switch (country) {
            case US -> base * (100 + 2 * ((version - 1) % 4)) / 100;
            case DE -> base * 92 / 10_000 * 100 + 99;
            case JP -> base * 15 / 100 * 10;
            case ET -> base * 60 / 500 * 500;
        };
    }

    public int version(int book, long now) {
        return 1 + (int) period.changes(book, second(book), now);
    }

    public long createdAt(int book) {
        return period.origin() - (30 + below(700, book, 4)) * Instants.DAY + second(book);
    }

    public long updatedAt(int book, long now) {
        return period.updatedAt(book, second(book), createdAt(book), now);
    }

    public int below(int bound, int book, int draw) {
        return random.below(bound, book, draw);
    }

    public long roll(int book, int draw) {
        return random.roll(book, draw);
    }

    private int second(int book) {
        return below(86_400, book, 5);
    }
}
