package dev.galley.definition.source;

import dev.galley.definition.source.Pagination.CursorEnd;
import dev.galley.definition.source.Pagination.End;
import dev.galley.definition.yaml.YamlFields;
import java.util.Optional;

/** {@code paginate} of a resource. */
record PaginateSection(YamlFields paginate) {
    /** Asked for where a size is declared without a number, and where a page with fewer records ends the list. */
    private static final int USUAL_SIZE = 100;

    Pagination read() {
        return switch (paginate.text("style", "")) {
            case "none" -> new Pagination.None();
            case "link" -> new Pagination.LinkHeader(size("limit"));
            case "next_url" -> new Pagination.NextUrl(paginate.required("next"), size("limit"));
            case "page" -> page();
            case "offset" -> offset();
            case "cursor" ->
                new Pagination.BodyCursor(
                        cursor(), paginate.required("cursor"), size("limit"), paginate.text("more"), cursorEnd());
            case "header_cursor" ->
                new Pagination.HeaderCursor(
                        cursor(), paginate.required("header"), size("limit"), paginate.text("more"), cursorEnd());
            case "keyset" -> keyset();
            case "position" ->
                new Pagination.Position(
                        paginate.text("parameter", "after"),
                        paginate.required("field"),
                        size("limit"),
                        paginate.text("more"),
                        end());
            default -> new Pagination.Undeclared();
        };
    }

    private Pagination page() {
        return new Pagination.Page(
                paginate.text("parameter", "page"),
                paginate.text("first").map(Integer::valueOf),
                size("per_page"),
                paginate.text("total_header"),
                paginate.text("total"),
                paginate.text("more"),
                end());
    }

    private Pagination offset() {
        return new Pagination.Offset(
                paginate.text("parameter", "offset"),
                (int) paginate.number("first", 0),
                size("limit"),
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
                size("limit"),
                end());
    }

    /** Some sources refuse parameters that they do not know: without a declared size none is asked for. */
    private Pagination.Size size(String usualParameter) {
        boolean asked = paginate.has("size")
                || paginate.has("size_parameter")
                || paginate.text("end").equals(Optional.of("short_page"));
        Optional<String> parameter = Optional.of(paginate.text("size_parameter", usualParameter))
                .filter(name -> asked && !name.equals("none"));
        return new Pagination.Size(parameter, (int) paginate.number("size", USUAL_SIZE));
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
