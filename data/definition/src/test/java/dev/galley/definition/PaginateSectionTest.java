package dev.galley.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.Pagination.CursorEnd;
import dev.galley.definition.source.Pagination.End;
import dev.galley.definition.source.RestSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code paginate} of a resource is read. */
class PaginateSectionTest {
    private static final Pagination.Size NO_SIZE = new Pagination.Size(Optional.empty(), 100);

    @TempDir
    private Path folder;

    @Test
    void everyStyleOfPagesHasDefaults() {
        assertThat(paginate("style: none")).isEqualTo(new Pagination.None());
        assertThat(paginate("style: link")).isEqualTo(new Pagination.LinkHeader(NO_SIZE));
        assertThat(paginate("style: page"))
                .isEqualTo(new Pagination.Page(
                        "page",
                        Optional.empty(),
                        NO_SIZE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Pagination.End.EMPTY_PAGE));
        assertThat(paginate("style: offset"))
                .isEqualTo(new Pagination.Offset(
                        "offset",
                        0,
                        NO_SIZE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Pagination.End.EMPTY_PAGE));
        assertThat(paginate("style: cursor, cursor: /next"))
                .isEqualTo(new Pagination.BodyCursor(
                        "cursor", "/next", NO_SIZE, Optional.empty(), Pagination.CursorEnd.MISSING_CURSOR));
        assertThat(paginate("style: keyset, id_field: id"))
                .isEqualTo(new Pagination.Keyset(
                        "updated_since", "updated_at", "after_id", "id", NO_SIZE, Pagination.End.EMPTY_PAGE));
        assertThat(paginate("style: header_cursor, header: X-Next"))
                .isEqualTo(new Pagination.HeaderCursor(
                        "cursor", "X-Next", NO_SIZE, Optional.empty(), CursorEnd.MISSING_CURSOR));
        assertThat(paginate("style: next_url, next: /next")).isEqualTo(new Pagination.NextUrl("/next", NO_SIZE));
        assertThat(paginate("style: position, field: seq"))
                .isEqualTo(new Pagination.Position("after", "seq", NO_SIZE, Optional.empty(), End.EMPTY_PAGE));
    }

    @Test
    void everyKeyOfAStyleOfPagesIsRead() {
        assertThat(paginate("style: link, size_parameter: n, size: 7"))
                .isEqualTo(new Pagination.LinkHeader(new Pagination.Size(Optional.of("n"), 7)));
        assertThat(
                        paginate(
                                "style: page, parameter: p, size_parameter: n, size: 7, total_header: X-Total, more: /has_more"))
                .isEqualTo(new Pagination.Page(
                        "p",
                        Optional.empty(),
                        new Pagination.Size(Optional.of("n"), 7),
                        Optional.of("X-Total"),
                        Optional.empty(),
                        Optional.of("/has_more"),
                        Pagination.End.EMPTY_PAGE));
        assertThat(paginate("style: offset, parameter: o, size_parameter: n, size: 7, total: /total"))
                .isEqualTo(new Pagination.Offset(
                        "o",
                        0,
                        new Pagination.Size(Optional.of("n"), 7),
                        Optional.empty(),
                        Optional.of("/total"),
                        Optional.empty(),
                        Pagination.End.EMPTY_PAGE));
        assertThat(paginate("style: cursor, cursor: /c, parameter: p, size_parameter: n, size: 7"))
                .isEqualTo(new Pagination.BodyCursor(
                        "p",
                        "/c",
                        new Pagination.Size(Optional.of("n"), 7),
                        Optional.empty(),
                        Pagination.CursorEnd.MISSING_CURSOR));
        assertThat(
                        paginate(
                                "style: keyset, since_parameter: s, since_field: f, id_parameter: i, id_field: g, size_parameter: n, size: 7"))
                .isEqualTo(new Pagination.Keyset(
                        "s", "f", "i", "g", new Pagination.Size(Optional.of("n"), 7), Pagination.End.EMPTY_PAGE));
        assertThat(paginate("style: page, total: /total, end: short_page"))
                .isEqualTo(new Pagination.Page(
                        "page",
                        Optional.empty(),
                        new Pagination.Size(Optional.of("per_page"), 100),
                        Optional.empty(),
                        Optional.of("/total"),
                        Optional.empty(),
                        End.SHORT_PAGE));
        assertThat(paginate("style: offset, total_header: X-Total, end: short_page"))
                .isEqualTo(new Pagination.Offset(
                        "offset",
                        0,
                        new Pagination.Size(Optional.of("limit"), 100),
                        Optional.of("X-Total"),
                        Optional.empty(),
                        Optional.empty(),
                        End.SHORT_PAGE));
        assertThat(paginate("style: cursor, cursor: /c, end: repeated_cursor"))
                .isEqualTo(new Pagination.BodyCursor(
                        "cursor", "/c", NO_SIZE, Optional.empty(), CursorEnd.REPEATED_CURSOR));
        assertThat(
                        paginate(
                                "style: header_cursor, header: X-Next, parameter: p, size_parameter: n, size: 7, end: empty_page"))
                .isEqualTo(new Pagination.HeaderCursor(
                        "p",
                        "X-Next",
                        new Pagination.Size(Optional.of("n"), 7),
                        Optional.empty(),
                        CursorEnd.EMPTY_PAGE));
        assertThat(paginate("style: next_url, next: /links/next, size_parameter: n, size: 7"))
                .isEqualTo(new Pagination.NextUrl("/links/next", new Pagination.Size(Optional.of("n"), 7)));
        assertThat(
                        paginate(
                                "style: position, field: seq, parameter: p, size_parameter: n, size: 7, more: /more, end: short_page"))
                .isEqualTo(new Pagination.Position(
                        "p", "seq", new Pagination.Size(Optional.of("n"), 7), Optional.of("/more"), End.SHORT_PAGE));
    }

    @Test
    void aSizeIsAskedForWhereOneIsDeclared() {
        assertThat(paginate("style: page, size: 7"))
                .isEqualTo(new Pagination.Page(
                        "page",
                        Optional.empty(),
                        new Pagination.Size(Optional.of("per_page"), 7),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Pagination.End.EMPTY_PAGE));
        assertThat(paginate("style: link, size_parameter: n"))
                .isEqualTo(new Pagination.LinkHeader(new Pagination.Size(Optional.of("n"), 100)));
        assertThat(paginate("style: link, size_parameter: none, size: 7"))
                .isEqualTo(new Pagination.LinkHeader(new Pagination.Size(Optional.empty(), 7)));
        assertThat(paginate("style: offset, parameter: $offset, size_parameter: $limit, size: 2, first: 1, more: /m"))
                .isEqualTo(new Pagination.Offset(
                        "$offset",
                        1,
                        new Pagination.Size(Optional.of("$limit"), 2),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("/m"),
                        End.EMPTY_PAGE));
        assertThat(paginate("style: page, first: 0, end: short_page"))
                .isEqualTo(new Pagination.Page(
                        "page",
                        Optional.of(0),
                        new Pagination.Size(Optional.of("per_page"), 100),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        End.SHORT_PAGE));
        assertThat(paginate("style: cursor, cursor: /c, more: /m"))
                .isEqualTo(new Pagination.BodyCursor(
                        "cursor", "/c", NO_SIZE, Optional.of("/m"), CursorEnd.MISSING_CURSOR));
        assertThat(paginate("style: header_cursor, header: X-Next, more: /m"))
                .isEqualTo(new Pagination.HeaderCursor(
                        "cursor", "X-Next", NO_SIZE, Optional.of("/m"), CursorEnd.MISSING_CURSOR));
    }

    private Pagination paginate(String options) {
        RestSource source = (RestSource) PipelineFolder.in(folder)
                .with("sources.yml", """
                        sources:
                          api:
                            kind: rest
                            base_url: https://api.example
                            resources:
                              sales: {path: /sales, paginate: {%s}}
                              shops: {path: /shops}
                        """.formatted(options))
                .read(Map.of())
                .sources()
                .get(0);
        return source.resources().get(0).pagination();
    }
}
