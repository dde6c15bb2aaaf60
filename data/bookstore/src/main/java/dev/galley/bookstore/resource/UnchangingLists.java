package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.FixedList;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Offers;
import dev.galley.bookstore.world.PersonNames;
import dev.galley.bookstore.world.WordLists;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.EntityIds;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.Country;
import dev.galley.bookstore.world.tax.Jurisdiction;
import dev.galley.bookstore.world.tax.Store;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** The lists of what never changed since it was founded: authors, vendors, stores, salespeople, jurisdictions. */
record UnchangingLists(World world) {
    private static final List<String> VENDOR_FIRST = WordLists.of("vendor.first");
    private static final List<String> VENDOR_LAST = WordLists.of("vendor.last");
    private static final List<Jurisdiction> JURISDICTIONS = List.of(Jurisdiction.values());
    private static final int SALESPEOPLE_PER_STORE = 5;
    private static final int SELLING = SALESPEOPLE_PER_STORE * Store.ALL.size();
    private static final int NUMBERS = 1 << 20;

    /** Writes what is a record's own, before the fields that all have. */
    interface Writer {
        void write(JsonWriter json, int number);
    }

    /** A list whose records are as old as the house. */
    record Unchanging(int size, Function<String, OptionalInt> finder, Writer writer) implements FixedList {
        @Override
        public long updatedAt(int number, WorldView view) {
            return founded(view.world());
        }

        @Override
        public OptionalInt find(String id) {
            return finder.apply(id);
        }

        @Override
        public void write(JsonWriter json, int number, WorldView view) {
            writer.write(json, number);
            json.common(founded(view.world()), founded(view.world()), 1);
        }
    }

    /** The number behind an id; empty if it is of none, or not below {@code count}. */
    static OptionalInt find(EntityIds ids, String id, int count) {
        OptionalLong number = ids.indexOf(id);
        return number.isPresent() && number.getAsLong() < count
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** When what never changes was made: well before the start. */
    private static long founded(World world) {
        return world.settings().origin() - 730 * Instants.DAY;
    }

    FixedList authors() {
        return identified(
                world.ids().authors(), world.authors().count(), (json, author) -> author(json, world, author));
    }

    /** Writes what stands on a book, too. */
    static JsonWriter author(JsonWriter json, World world, int author) {
        return json.text("author_id", world.ids().authors().text(author))
                .text("name", world.authors().name(author))
                .text("sort_name", world.authors().sortName(author))
                .number("birth_year", world.authors().birthYear(author));
    }

    FixedList vendors() {
        return identified(world.ids().vendors(), Offers.VENDORS, (json, vendor) -> {
            Country country = Offers.country(vendor);
            String first = VENDOR_FIRST.get(world.random().of(Purpose.VENDOR).below(VENDOR_FIRST.size(), vendor, 10));
            String last = VENDOR_LAST.get(world.random().of(Purpose.VENDOR).below(VENDOR_LAST.size(), vendor, 11));
            json.text("vendor_id", world.ids().vendors().text(vendor))
                    .text("name", first + " " + last + " " + (vendor + 1))
                    .text("country", country.name())
                    .text("currency", country.currency().name())
                    .flag("active", true);
        });
    }

    FixedList stores() {
        return identified(world.ids().stores(), Store.ALL.size(), (json, number) -> {
            Store store = Store.ALL.get(number);
            Jurisdiction jurisdiction = store.jurisdiction();
            json.text("store_id", world.ids().stores().text(number))
                    .text("city", store.city())
                    .text("region", jurisdiction.region())
                    .text("country", jurisdiction.country().name())
                    .text("timezone", jurisdiction.zone().getId())
                    .text("opened_on", store.openedOn().toString());
        });
    }

    /** Five in each store, numbered store by store, and behind them one of each who has left. */
    FixedList salespeople() {
        return identified(world.ids().salespeople(), SELLING + Store.ALL.size(), this::salesperson);
    }

    /** Who sold an order in a store. */
    static long salesperson(int store, long order) {
        return (long) store * SALESPEOPLE_PER_STORE + order % SALESPEOPLE_PER_STORE;
    }

    private void salesperson(JsonWriter json, int person) {
        boolean left = person >= SELLING;
        int store = left ? person - SELLING : person / SALESPEOPLE_PER_STORE;
        Country country = Store.ALL.get(store).jurisdiction().country();
        String given = PersonNames.given(country, drawn(NUMBERS, person, 0));
        String family = PersonNames.family(country, drawn(NUMBERS, person, 1)).orElse("");
        LocalDate founded = Instants.utcDate(founded(world));
        LocalDate hired = Store.ALL.get(store).openedOn().plusDays(drawn(600, person, 2));
        LocalDate end = hired.plusDays(200);
        json.text("salesperson_id", world.ids().salespeople().text(person))
                .text("full_name", (given + " " + family).strip())
                .text("store_id", world.ids().stores().text(store))
                .text("hired_on", hired.toString())
                .text("left_on", left ? (end.isBefore(founded) ? end : founded).toString() : null);
    }

    private int drawn(int bound, int person, int draw) {
        return world.random().of(Purpose.SALESPERSON).below(bound, person, draw);
    }

    static FixedList jurisdictions() {
        return keyed(JURISDICTIONS, Jurisdiction::id, (json, number) -> {
            Jurisdiction jurisdiction = JURISDICTIONS.get(number);
            json.text("jurisdiction_id", jurisdiction.id())
                    .text("name", jurisdiction.title())
                    .text("country", jurisdiction.country().name())
                    .text("region", jurisdiction.region())
                    .text("city", jurisdiction.city())
                    .text("currency", jurisdiction.currency().name())
                    .number("currency_digits", jurisdiction.currency().digits())
                    .text("timezone", jurisdiction.zone().getId())
                    .flag("prices_include_tax", jurisdiction.country().pricesIncludeTax())
                    .flag("shipping_taxed", jurisdiction.shippingTaxed());
        });
    }

    /** A list of values, each with a key of its own. */
    static <T> FixedList keyed(List<T> values, Function<T, String> key, Writer writer) {
        Function<String, OptionalInt> finder = id -> values.stream()
                .filter(value -> key.apply(value).equals(id))
                .mapToInt(values::indexOf)
                .findFirst();
        return new Unchanging(values.size(), finder, writer);
    }

    private static FixedList identified(EntityIds ids, int size, Writer writer) {
        return new Unchanging(size, id -> find(ids, id, size), writer);
    }
}
