package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.Dice.Purpose;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The resources that do not change: vendors, stores, jurisdictions. */
final class Shelves {
    private static final String[] VENDOR_FIRST = {
        "Old Town", "Riverside", "Corner", "Nordlicht", "Sakura", "Abay", "Pacific"
    };
    private static final String[] VENDOR_LAST = {"Books", "Book Traders", "Antiquariat", "Shoten", "Book House"};

    private Shelves() {}

    static OptionalInt find(Ids ids, String id, int count) {
        OptionalLong number = ids.indexOf(id);
        return number.isPresent() && number.getAsLong() < count
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** When what never changes was made: well before the start. */
    static long founded(World world) {
        return world.settings().origin() - 730 * Instants.DAY;
    }

    /** Never changed since it was founded. */
    private abstract static class Unchanging implements Shelf {
        @Override
        public long updatedAt(int number, View view) {
            return founded(view.world());
        }

        final void common(JsonGenerator json, View view) throws IOException {
            Json.common(json, founded(view.world()), founded(view.world()), 1);
            json.writeEndObject();
        }
    }

    static final class Vendors extends Unchanging {
        private final World world;

        Vendors(World world) {
            this.world = world;
        }

        @Override
        public int size() {
            return Offers.VENDORS;
        }

        @Override
        public OptionalInt find(String id) {
            return Shelves.find(world.ids().vendors(), id, Offers.VENDORS);
        }

        @Override
        public void write(JsonGenerator json, int vendor, View view) throws IOException {
            Country country = Offers.country(vendor);
            String first = VENDOR_FIRST[world.below(VENDOR_FIRST.length, Purpose.VENDOR, vendor, 10)];
            String last = VENDOR_LAST[world.below(VENDOR_LAST.length, Purpose.VENDOR, vendor, 11)];
            json.writeStartObject();
            json.writeStringField("vendor_id", world.ids().vendors().text(vendor));
            json.writeStringField("name", first + " " + last + " " + (vendor + 1));
            json.writeStringField("country", country.name());
            json.writeStringField("currency", country.currency().name());
            json.writeBooleanField("active", true);
            common(json, view);
        }
    }

    static final class Stores extends Unchanging {
        private final World world;

        Stores(World world) {
            this.world = world;
        }

        @Override
        public int size() {
            return Store.ALL.size();
        }

        @Override
        public OptionalInt find(String id) {
            return Shelves.find(world.ids().stores(), id, size());
        }

        @Override
        public void write(JsonGenerator json, int number, View view) throws IOException {
            Store store = Store.ALL.get(number);
            Jurisdiction jurisdiction = store.jurisdiction();
            json.writeStartObject();
            json.writeStringField("store_id", world.ids().stores().text(number));
            json.writeStringField("city", store.city());
            json.writeStringField("region", jurisdiction.region());
            json.writeStringField("country", jurisdiction.country().name());
            json.writeStringField("timezone", jurisdiction.zone().getId());
            json.writeStringField("opened_on", store.openedOn().toString());
            common(json, view);
        }
    }

    static final class Jurisdictions extends Unchanging {
        private static final List<Jurisdiction> ALL = List.of(Jurisdiction.values());

        @Override
        public int size() {
            return ALL.size();
        }

        @Override
        public OptionalInt find(String id) {
            return ALL.stream()
                    .filter(jurisdiction -> jurisdiction.id().equals(id))
                    .mapToInt(ALL::indexOf)
                    .findFirst();
        }

        @Override
        public void write(JsonGenerator json, int number, View view) throws IOException {
            Jurisdiction jurisdiction = ALL.get(number);
            json.writeStartObject();
            json.writeStringField("jurisdiction_id", jurisdiction.id());
            json.writeStringField("name", jurisdiction.title());
            json.writeStringField("country", jurisdiction.country().name());
            json.writeStringField("region", jurisdiction.region());
            Json.text(json, "city", jurisdiction.city());
            json.writeStringField("currency", jurisdiction.currency().name());
            json.writeNumberField("currency_digits", jurisdiction.currency().digits());
            json.writeStringField("timezone", jurisdiction.zone().getId());
            json.writeBooleanField("prices_include_tax", jurisdiction.country().pricesIncludeTax());
            json.writeBooleanField("shipping_taxed", jurisdiction.shippingTaxed());
            common(json, view);
        }
    }
}
