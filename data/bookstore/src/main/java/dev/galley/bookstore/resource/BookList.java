package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.FixedList;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.RecordFlaw;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.BookTitles;
import dev.galley.bookstore.world.Books;
import dev.galley.bookstore.world.WordLists;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.tax.Country;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The books, their authors within. */
record BookList(World world) implements FixedList {
    private static final List<String> PUBLISHERS = WordLists.of("publisher");
    private static final List<Country> COUNTRIES = List.of(Country.values());
    private static final int FIRST_YEAR = 1985;

    @Override
    public int size() {
        return books().count();
    }

    @Override
    public long updatedAt(int book, WorldView view) {
        return view.updatedAt(view.flawed().book(book), books().updatedAt(book, view.now()));
    }

    @Override
    public OptionalInt find(String isbn13) {
        return books().book(isbn13);
    }

    private Books books() {
        return world.books();
    }

    @Override
    public void write(JsonWriter json, int book, WorldView view) {
        Books books = books();
        int edition = books.version(book, view.now());
        boolean blank = view.flaw(view.flawed().book(book)) == RecordFlaw.BLANK_TITLE;
        List<Integer> authors = world.authors().of(book);
        json.text("isbn13", books.isbn(book))
                .text("title", blank ? " " : books.title(book))
                .text("subtitle", books.below(4, book, 10) == 0 ? BookTitles.subtitle(books.roll(book, 11)) : null)
                .text("language", books.language(book))
                .text("publisher", PUBLISHERS.get(books.below(PUBLISHERS.size(), book, 12)))
                .text("published_on", books.isReal(book) ? books.year(book) : Optional.of(publishedOn(book)))
                .number("pages", pages(book, edition))
                .text("format", books.below(3, book, 15) == 0 ? "hardcover" : "paperback")
                .text("tax_class", "printed_book")
                .array(
                        "list_prices",
                        COUNTRIES.size(),
                        i -> json.text("country", COUNTRIES.get(i).name())
                                .text("currency", COUNTRIES.get(i).currency().name())
                                .amount(
                                        "price",
                                        COUNTRIES.get(i).currency(),
                                        books.listPrice(book, COUNTRIES.get(i), edition)))
                .array(
                        "authors",
                        authors.size(),
                        i -> UnchangingLists.author(json, world, authors.get(i))
                                .number("position", i + 1)
                                .text("role", i > 0 && i == authors.size() - 1 ? "translator" : "author"))
                .common(
                        books.createdAt(book),
                        updatedAt(book, view),
                        view.version(view.flawed().book(book), edition));
    }

    /** Empty if nobody counted them. */
    private OptionalInt pages(int book, int edition) {
        return books().below(20, book, 13) == 0
                ? OptionalInt.empty()
                : OptionalInt.of(80 + books().below(700, book, 14) + edition - 1);
    }

    /** Of varying precision, as publishers give it; before the catalogue began. */
    private String publishedOn(int book) {
        int year = FIRST_YEAR + books().below(2022 - FIRST_YEAR, book, 16);
        String month = String.format("%d-%02d", year, 1 + books().below(12, book, 17));
        return switch (books().below(3, book, 18)) {
            case 0 -> Integer.toString(year);
            case 1 -> month;
            default -> month + String.format("-%02d", 1 + books().below(28, book, 19));
        };
    }
}
