package dev.galley.ingest.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.land.IngestOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every resource of the bookstore in every way of paging that it knows, several at once: always the same records. */
class EveryStyleTest {
    private final Bookstore bookstore = Bookstore.shared();

    @TempDir
    private Path spool;

    static Stream<String> lists() {
        return Stream.concat(Styles.FEEDS.keySet().stream().sorted(), Styles.SHELVES.stream());
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListIsTheSameInEveryStyle(String name) {
        String since = name.matches("books|carts|customers|offers|orders|payments|shipments")
                ? bookstore.now().minus(Duration.ofDays(1)).toString()
                : "";
        List<Resource> styles = Styles.all(name, since);
        Shelf shelf = Shelf.of(bookstore, spool, styles);

        List<IngestOutcome> outcomes = shelf.ingest(resource -> true);

        assertThat(outcomes)
                .hasSize(styles.size())
                .allSatisfy(
                        outcome -> assertThat(outcome).as(outcome.detail()).isInstanceOf(IngestOutcome.Sealed.class));
        List<String> expected = shelf.sorted(styles.get(0).name());
        assertThat(expected).hasSizeGreaterThan(8).doesNotHaveDuplicates();
        for (Resource style : styles) {
            assertThat(shelf.sorted(style.name())).as(style.name()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"changes", "fx_rates"})
    void whatPagesInOneWayOnlyIsLandedOnce(String name) {
        Shelf shelf = Shelf.of(bookstore, spool, Styles.own(name));

        assertThat(shelf.ingest(name)).isInstanceOf(IngestOutcome.Sealed.class);

        assertThat(shelf.records(name)).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }

    @Test
    void noListIsLeftOut() {
        Set<String> read = new TreeSet<>(lists().toList());
        read.addAll(List.of("changes", "fx_rates"));

        assertThat(read).isEqualTo(bookstore.lists());
    }
}
