package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.Country;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Who wrote the books: numbers below {@link Books#AUTHORS} are made up, those of real books follow. */
public final class Authors {
    private static final List<Country> COUNTRIES = List.of(Country.values());
    private static final int NUMBERS = 1 << 20;

    private final SeededRandom.Draws random;
    private final Books books;
    private final RealBooks real;

    Authors(SeededRandom random, Books books, RealBooks real) {
        this.random = random.of(Purpose.AUTHOR);
        this.books = books;
        this.real = real;
    }

    public int count() {
        return Books.AUTHORS + real.authors().size();
    }

    /** In the order in which they stand on the book. */
    public List<Integer> of(int book) {
        List<Integer> authors = new ArrayList<>();
        if (book < real.books().size()) {
            for (int author : real.books().get(book).authors()) {
                authors.add(Books.AUTHORS + author);
            }
            return authors;
        }
        int count = Math.max(1, books.below(5, book, 20) - 1);
        int first = books.below(Books.AUTHORS, book, 21);
        for (int i = 0; i < count; i++) {
            authors.add((first + i * 977) % Books.AUTHORS);
        }
        return authors;
    }

    public String name(int author) {
        if (isReal(author)) {
            return real.authors().get(author - Books.AUTHORS);
        }
        String family = family(author);
        return (given(author) + " " + family).strip();
    }

    public String sortName(int author) {
        if (isReal(author)) {
            String name = name(author).strip();
            int space = name.lastIndexOf(' ');
            return space < 0 ? name : name.substring(space + 1) + ", " + name.substring(0, space);
        }
        String family = family(author);
        return family.isEmpty() ? given(author) : family + ", " + given(author);
    }

    /** Empty if nobody knows. */
    public OptionalInt birthYear(int author) {
        return isReal(author) || random.below(4, author, 3) == 0
                ? OptionalInt.empty()
                : OptionalInt.of(1930 + random.below(65, author, 4));
    }

    private static boolean isReal(int author) {
        return author >= Books.AUTHORS;
    }

    private Country country(int author) {
        return COUNTRIES.get(random.below(COUNTRIES.size(), author, 0));
    }

    private String given(int author) {
        return PersonNames.given(country(author), random.below(NUMBERS, author, 1));
    }

    private String family(int author) {
        return PersonNames.family(country(author), random.below(NUMBERS, author, 2))
                .orElse("");
    }
}
