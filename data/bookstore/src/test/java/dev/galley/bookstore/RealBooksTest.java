package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.world.Books;
import dev.galley.bookstore.world.BookstoreException;
import dev.galley.bookstore.world.RealBooks;
import dev.galley.bookstore.world.WorldSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Books from a file with the dirt of real ones: leading zeros lost, ISBNs missing, wrong, repeated or in float notation. */
class RealBooksTest {
    private static final String ROWS = """
        book_id,isbn,isbn13,authors,original_publication_year,title,language_code
        1,306406152,9.78030640615e+12,"Ada Winter, Jo Field",1997.0,"The Quiet Mill (Mill, #1)",eng
        2,,9.78067172365e+12,Nobody Known,2001.0,No Number,eng
        3,140127748,9.78014012774e+12,Ada Winter,,Wrong Digit,en-US
        4,080442957X,9.78080442957e+12,"  Jo  Field ",-750.0,"A ""quoted"", title ",
        5,0306406152,9.78030640615e+12,Somebody Else,2000.0,The Same Number Again,eng
        6,156012197,9.78015601219e+12,Ada Winter,1943.0,小さな庭,jpn
        """;

    @TempDir
    Path folder = Path.of("");

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("books.csv"), ROWS);
    }

    @Test
    void isbnsAreComputedAndTheRestIsAsFound() {
        RealBooks real = RealBooks.read(file);
        assertThat(real.books())
                .extracting(RealBooks.RealBook::isbn13)
                .containsExactly("9780306406157", "9780804429573", "9780156012195");
        assertThat(real.leftOut()).isEqualTo(3);
        assertThat(real.authors()).containsExactly("Ada Winter", "Jo Field", "  Jo  Field ");
        RealBooks.RealBook quoted = real.books().get(1);
        assertThat(quoted.title()).isEqualTo("A \"quoted\", title ");
        assertThat(quoted.year()).contains("-750");
        assertThat(quoted.language()).isEmpty();
        assertThat(real.books().get(0).authors()).containsExactly(0, 1);
    }

    @Test
    void theyComeBeforeTheMadeUpOnesAndAreSoldLikeThem() {
        WorldSettings settings = new WorldSettings(3, LocalDate.of(2026, 2, 20), 5, 20, 1, Optional.of(file));
        try (RunningBookstore bookstore = new RunningBookstore(folder.resolve("state"), settings)) {
            List<JsonNode> books = bookstore.books("", 1_000);
            assertThat(books).hasSize(Books.COUNT);
            JsonNode first = books.get(0);
            assertThat(first.get("isbn13").asText()).isEqualTo("9780306406157");
            assertThat(first.get("title").asText()).isEqualTo("The Quiet Mill (Mill, #1)");
            assertThat(first.get("published_on").asText()).isEqualTo("1997");
            assertThat(first.at("/authors/1/name").asText()).isEqualTo("Jo Field");
            assertThat(first.at("/authors/0/sort_name").asText()).isEqualTo("Winter, Ada");
            assertThat(bookstore.get("/v1/books/9780804429573").body()).contains("A \\\"quoted\\\", title ");
            assertThat(bookstore.authors(1_000)).hasSize(Books.AUTHORS + 3);
            assertThat(bookstore.offers("", 1_000))
                    .anyMatch(offer -> offer.get("isbn13").asText().equals("9780156012195"));
        }
    }

    @Test
    void aWorldRemembersItsBooks() {
        WorldFile world = WorldFile.in(folder);
        WorldSettings begun = world.settings(wishes("--books-csv", file.toString()));
        assertThat(begun.booksCsv()).contains(file);
        assertThat(world.settings(wishes())).isEqualTo(begun);
        assertThatThrownBy(() -> world.settings(
                        wishes("--books-csv", folder.resolve("b.csv").toString())))
                .hasMessageContaining("it was begun with");
    }

    private static WorldOptions wishes(String... options) {
        return CommandLine.populateCommand(new WorldOptions(), options);
    }

    @Test
    void aFileThatIsNotOfBooksIsRefusedByName() throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "isbn,name\n306406152,x\n");
        assertThatThrownBy(() -> RealBooks.read(other))
                .isInstanceOf(BookstoreException.class)
                .hasMessageContaining("other.csv: row 1 lacks authors, original_publication_year, title");
        assertThatThrownBy(() -> RealBooks.read(folder.resolve("none.csv"))).hasMessageContaining("none.csv");
    }
}
