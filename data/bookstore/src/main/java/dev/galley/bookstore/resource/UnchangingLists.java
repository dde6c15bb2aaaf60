package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.FixedList;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Offers;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.EntityIds;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.Country;
import dev.galley.bookstore.world.tax.Jurisdiction;
import dev.galley.bookstore.world.tax.Store;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The resources that do not change: vendors, stores, jurisdictions. */
public final class UnchangingLists {
    private static final String[] VENDOR_FIRST = {
        "Old Town", "Riverside", "Corner", "Nordlicht", "Sakura", "Abay", "Pacific"
    };
    private static final String[] VENDOR_LAST = {"Books", "Book Traders", "Antiquariat", "Shoten", "Book House"};

    private UnchangingLists() {}

    static OptionalInt find(EntityIds ids, String id, int count) {
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
    private abstract static class Unchanging implements FixedList {
        @Override
        public long updatedAt(int number, WorldView view) {
            return founded(view.world());
        }

        final void common(JsonGenerator json, WorldView view) throws IOException {
            JsonFields.common(json, founded(view.world()), founded(view.world()), 1);
            json.writeEndObject();
        }
    }

    public static final class Vendors extends Unchanging {
        private final World world;

        public Vendors(World world) {
            this.world = world;
        }

        @Override
        public int size() {
            return Offers.VENDORS;
        }

        @Override
        public OptionalInt find(String id) {
            return UnchangingLists.find(world.ids().vendors(), id, Offers.VENDORS);
        }

        @Override
        public void write(JsonGenerator json, int vendor, WorldView view) throws IOException {
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

    public static final class Stores extends Unchanging {
        private final World world;

        public Stores(World world) {
            this.world = world;
        }

        @Override
        public int size() {
            return Store.ALL.size();
        }

        @Override
        public OptionalInt find(String id) {
            return UnchangingLists.find(world.ids().stores(), id, size());
        }

        @Override
        public void write(JsonGenerator json, int number, WorldView view) throws IOException {
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

    public static final class Jurisdictions extends Unchanging {
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
        public void write(JsonGenerator json, int number, WorldView view) throws IOException {
            Jurisdiction jurisdiction = ALL.get(number);
            json.writeStartObject();
            json.writeStringField("jurisdiction_id", jurisdiction.id());
            json.writeStringField("name", jurisdiction.title());
            json.writeStringField("country", jurisdiction.country().name());
            json.writeStringField("region", jurisdiction.region());
            JsonFields.text(json, "city", jurisdiction.city());
            json.writeStringField("currency", jurisdiction.currency().name());
            json.writeNumberField("currency_digits", jurisdiction.currency().digits());
            json.writeStringField("timezone", jurisdiction.zone().getId());
            json.writeBooleanField("prices_include_tax", jurisdiction.country().pricesIncludeTax());
            json.writeBooleanField("shipping_taxed", jurisdiction.shippingTaxed());
            common(json, view);
        }
    }
}
