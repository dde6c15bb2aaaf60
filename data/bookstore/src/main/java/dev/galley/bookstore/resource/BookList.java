package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.FixedList;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.RecordFlaw;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.BookTitles;
import dev.galley.bookstore.world.Books;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.tax.Country;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The books, their authors within. */
public final class BookList implements FixedList {
    private static final String[] PUBLISHERS = {
        "Harbour Press",
        "Nightjar Books",
        "Verlag am Kanal",
        "Kirin Shobo",
        "Blue Nile Publishers",
        "Third Floor",
        "Alder & Sons"
    };
    private static final int FIRST_YEAR = 1985;

    private final World world;
    private final Books books;

    public BookList(World world) {
        this.world = world;
        books = world.books();
    }

    @Override
    public int size() {
        return books.count();
    }

    @Override
    public long updatedAt(int book, WorldView view) {
        return view.bookUpdatedAt(book);
    }

    @Override
    public OptionalInt find(String isbn13) {
        return books.book(isbn13);
    }

    @Override
    public void write(JsonGenerator json, int book, WorldView view) throws IOException {
        int edition = books.version(book, view.now());
        json.writeStartObject();
        json.writeStringField("isbn13", books.isbn(book));
        json.writeStringField("title", view.bookFlaw(book) == RecordFlaw.BLANK_TITLE ? " " : books.title(book));
        JsonFields.text(
                json, "subtitle", books.below(4, book, 10) == 0 ? BookTitles.subtitle(books.roll(book, 11)) : null);
        json.writeStringField("language", books.language(book));
        json.writeStringField("publisher", PUBLISHERS[books.below(PUBLISHERS.length, book, 12)]);
        JsonFields.text(json, "published_on", books.isReal(book) ? books.year(book) : Optional.of(publishedOn(book)));
        if (books.below(20, book, 13) == 0) {
            json.writeNullField("pages");
        } else {
            json.writeNumberField("pages", 80 + books.below(700, book, 14) + edition - 1);
        }
        json.writeStringField("format", books.below(3, book, 15) == 0 ? "hardcover" : "paperback");
        json.writeStringField("tax_class", "printed_book");
        listPrices(json, book, edition);
        authors(json, book);
        JsonFields.common(json, books.createdAt(book), updatedAt(book, view), view.bookVersion(book));
        json.writeEndObject();
    }

    private void listPrices(JsonGenerator json, int book, int edition) throws IOException {
        json.writeArrayFieldStart("list_prices");
        for (Country country : Country.values()) {
            json.writeStartObject();
            json.writeStringField("country", country.name());
            json.writeStringField("currency", country.currency().name());
            JsonFields.amount(json, "price", country.currency(), books.listPrice(book, country, edition));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Of varying precision, as publishers give it; before the catalogue began. */
    private String publishedOn(int book) {
        int year = FIRST_YEAR + books.below(2022 - FIRST_YEAR, book, 16);
        String month = String.format("%d-%02d", year, 1 + books.below(12, book, 17));
        return switch (books.below(3, book, 18)) {
            case 0 -> Integer.toString(year);
            case 1 -> month;
            default -> month + String.format("-%02d", 1 + books.below(28, book, 19));
        };
    }

    private void authors(JsonGenerator json, int book) throws IOException {
        List<Integer> authors = world.authors().of(book);
        json.writeArrayFieldStart("authors");
        for (int i = 0; i < authors.size(); i++) {
            json.writeStartObject();
            AuthorList.fields(json, world, authors.get(i));
            json.writeNumberField("position", i + 1);
            json.writeStringField("role", i > 0 && i == authors.size() - 1 ? "translator" : "author");
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
