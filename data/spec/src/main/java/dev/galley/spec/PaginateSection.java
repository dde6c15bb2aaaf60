package dev.galley.spec;

import dev.galley.spec.Pagination.CursorEnd;
import dev.galley.spec.Pagination.End;

/** {@code paginate} of a resource. */
record PaginateSection(Fields paginate) {
    Pagination read() {
        return switch (paginate.text("style", "none")) {
            case "link" -> new Pagination.LinkHeader(limit(), size());
            case "next_url" -> new Pagination.NextUrl(paginate.required("next"), limit(), size());
            case "page" -> page();
            case "offset" ->
                new Pagination.Offset(
                        paginate.text("parameter", "offset"),
                        limit(),
                        size(),
                        paginate.text("total_header"),
                        paginate.text("total"),
                        end());
            case "cursor" ->
                new Pagination.BodyCursor(cursor(), paginate.required("cursor"), limit(), size(), cursorEnd());
            case "header_cursor" ->
                new Pagination.HeaderCursor(cursor(), paginate.required("header"), limit(), size(), cursorEnd());
            case "keyset" -> keyset();
            case "position" ->
                new Pagination.Position(
                        paginate.text("parameter", "after"),
                        paginate.required("field"),
                        limit(),
                        size(),
                        paginate.text("more"),
                        end());
            default -> new Pagination.None();
        };
    }

    private Pagination page() {
        return new Pagination.Page(
                paginate.text("parameter", "page"),
                paginate.text("size_parameter", "per_page"),
                size(),
                paginate.text("total_header"),
                paginate.text("total"),
                paginate.text("more"),
                end());
    }

    private Pagination keyset() {
        return new Pagination.Keyset(
                paginate.text("since_parameter", "updated_since"),
                paginate.text("since_field", "updated_at"),
                paginate.text("id_parameter", "after_id"),
                paginate.required("id_field"),
                limit(),
                size(),
                end());
    }

    private int size() {
        return (int) paginate.number("size", 100);
    }

    private String limit() {
        return paginate.text("size_parameter", "limit");
    }

    private String cursor() {
        return paginate.text("parameter", "cursor");
    }

    private End end() {
        return paginate.choice("end", End.class, End.EMPTY_PAGE);
    }

    private CursorEnd cursorEnd() {
        return paginate.choice("end", CursorEnd.class, CursorEnd.MISSING_CURSOR);
    }
}
