package dev.galley.ingest.bookstore;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.Pagination.CursorEnd;
import dev.galley.definition.source.Pagination.End;
import dev.galley.definition.source.RestSource.ByPosition;
import dev.galley.definition.source.RestSource.Cursor;
import dev.galley.definition.source.RestSource.IfMissing;
import dev.galley.definition.source.RestSource.Method;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.source.RestSource.Shape;
import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.Declared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every list of the bookstore, declared for each way of paging that it knows. */
final class Styles {
    /** Those in the order of updated_at, and their keys. */
    static final Map<String, String> FEEDS = Map.of(
            "carts", "cart_id",
            "customers", "customer_id",
            "orders", "order_id",
            "payments", "payment_id",
            "shipments", "shipment_id");

    static final List<String> SHELVES =
            List.of("authors", "books", "jurisdictions", "offers", "salespeople", "stores", "tax_rules", "vendors");

    private static final int SIZE = 100;

    private Styles() {}

    /** The feed of changes, or the list of rates of exchange, which page in one way only. */
    static List<Resource> own(String name) {
        return name.equals("changes")
                ? List.of(resource(
                        name,
                        name,
                        Map.of(),
                        "/data",
                        new Pagination.Position(
                                "after",
                                "position",
                                Declared.size("limit", SIZE),
                                Optional.of("/has_more"),
                                End.EMPTY_PAGE),
                        Optional.of(new ByPosition())))
                : List.of(resource(name, name, Map.of(), "/data", new Pagination.None(), Optional.empty()));
    }

    /** One resource for each style, named {@code orders_by_link}: what changed since then. */
    static List<Resource> all(String name, String since) {
        List<Resource> all = new ArrayList<>();
        styles(name)
                .forEach((style, pagination) -> all.add(resource(
                        name + "_by_" + style,
                        name,
                        since.isEmpty()
                                ? Map.of("style", JsonScalar.text(style))
                                : Map.of("style", JsonScalar.text(style), "updated_since", JsonScalar.text(since)),
                        List.of("page", "link", "header", "whole").contains(style) ? "" : "/data",
                        pagination,
                        Optional.empty())));
        return all;
    }

    private static Map<String, Pagination> styles(String name) {
        Map<String, Pagination> styles = new LinkedHashMap<>();
        styles.put(
                "page",
                Declared.page("page", Declared.size("per_page", SIZE), Optional.of("X-Total-Count"), Optional.empty()));
        styles.put(
                "flag",
                Declared.page("page", Declared.size("per_page", SIZE), Optional.empty(), Optional.of("/has_more")));
        styles.put("offset", Declared.offset("offset", Declared.size("limit", SIZE), Optional.of("/total")));
        styles.put("body", Declared.cursor("cursor", "/next_cursor", Declared.size("limit", SIZE)));
        styles.put(
                "header",
                new Pagination.HeaderCursor(
                        "cursor",
                        "X-Next-Cursor",
                        Declared.size("limit", SIZE),
                        Optional.empty(),
                        CursorEnd.MISSING_CURSOR));
        if (!name.equals("payments")) { // an address has no room for what is searched for
            styles.put("link", new Pagination.LinkHeader(Declared.size("limit", SIZE)));
            styles.put("next_url", new Pagination.NextUrl("/next", Declared.size("limit", SIZE)));
        }
        if (FEEDS.containsKey(name)) {
            String key = String.valueOf(FEEDS.get(name));
            styles.put(
                    "keyset",
                    Declared.keyset("updated_since", "updated_at", "after_id", key, Declared.size("limit", SIZE)));
        } else {
            styles.put("whole", new Pagination.None());
        }
        return styles;
    }

    private static Resource resource(
            String name,
            String list,
            Map<String, JsonScalar> query,
            String records,
            Pagination pagination,
            Optional<Cursor> incremental) {
        boolean search = list.equals("payments");
        return new Resource(
                name,
                "/v1/" + list + (search ? "/search" : ""),
                search ? Method.POST : Method.GET,
                query,
                Optional.empty(),
                records,
                Shape.LIST,
                IfMissing.REFUSE,
                pagination,
                incremental,
                Optional.empty(),
                List.of(),
                List.of(),
                new FileLocation(Path.of("sources.yml"), 1));
    }
}
