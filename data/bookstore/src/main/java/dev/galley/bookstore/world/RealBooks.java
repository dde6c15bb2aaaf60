package dev.galley.bookstore.world;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Books from a file, as dirty as they are found there; only their ISBN-13s are computed, since they are keys. Rows
 * without a usable ISBN-10, and rows that repeat one, are left out.
 *
 * @param authors names, each once
 * @param leftOut rows that are no books here
 */
public record RealBooks(List<RealBook> books, List<String> authors, int leftOut) {
    public static final RealBooks NONE = new RealBooks(List.of(), List.of(), 0);

    private static final List<String> COLUMNS =
            List.of("isbn", "authors", "original_publication_year", "title", "language_code");

    /**
     * A row that is a book.
     *
     * @param authors as places in the list of all authors; at least one
     */
    public record RealBook(String isbn13, String title, String language, Optional<String> year, List<Integer> authors) {
        public RealBook {
            authors = List.copyOf(authors);
        }
    }

    public RealBooks {
        books = List.copyOf(books);
        authors = List.copyOf(authors);
    }

    /** Of a CSV file in UTF-8 with the columns of goodbooks-10k; refused if it cannot be read or one is missing. */
    public static RealBooks read(Path file) {
        Map<String, RealBook> books = new LinkedHashMap<>();
        Map<String, Integer> authors = new LinkedHashMap<>();
        int rows = 0;
        try (MappingIterator<Map<String, String>> lines = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(Files.newBufferedReader(file))) {
            while (lines.hasNext()) {
                rows++;
                Map<String, String> row = lines.next();
                List<String> missing = COLUMNS.stream()
                        .filter(column -> !row.containsKey(column))
                        .toList();
                if (!missing.isEmpty()) {
                    throw new BookstoreException("Cannot read books from " + file + ": row " + rows + " lacks "
                            + String.join(", ", missing));
                }
                isbn13(row.getOrDefault("isbn", ""))
                        .ifPresent(isbn -> books.computeIfAbsent(isbn, any -> book(isbn, row, authors)));
            }
        } catch (IOException e) {
            throw new BookstoreException("Cannot read books from " + file + ": " + e.getMessage(), e);
        }
        return new RealBooks(List.copyOf(books.values()), List.copyOf(authors.keySet()), rows - books.size());
    }

    private static RealBook book(String isbn, Map<String, String> row, Map<String, Integer> authors) {
        List<Integer> own = new ArrayList<>();
        for (String name : new LinkedHashSet<>(
                Arrays.asList(row.getOrDefault("authors", "").split(", ", -1)))) {
            own.add(authors.computeIfAbsent(name, any -> authors.size()));
        }
        String year = row.getOrDefault("original_publication_year", "").replaceAll("\\.0$", "");
        return new RealBook(
                isbn,
                row.getOrDefault("title", ""),
                row.getOrDefault("language_code", ""),
                year.isEmpty() ? Optional.empty() : Optional.of(year),
                own);
    }

    /** Of an ISBN-10 that may have lost leading zeros; empty if it is none, or its check digit is wrong. */
    static Optional<String> isbn13(String isbn) {
        String compact = isbn.replaceAll("[- ]", "");
        if (!compact.matches("\\d{5,9}[\\dXx]")) {
            return Optional.empty();
        }
        String ten = "0".repeat(10 - compact.length()) + compact;
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            int digit = ten.charAt(i) == 'X' || ten.charAt(i) == 'x' ? 10 : ten.charAt(i) - '0';
            sum += (10 - i) * digit;
        }
        String twelve = "978" + ten.substring(0, 9);
        return sum % 11 == 0 ? Optional.of(twelve + Isbn.checkDigit(twelve)) : Optional.empty();
    }
}
