package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.Feed;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Customers;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.EntityIds;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.tax.Jurisdiction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Customers by the day of their newest change: those registered on it, and one phase of those registered before. */
public final class CustomerFeed implements Feed {
    private final World world;
    private final Customers customers;
    private final long origin;

    public CustomerFeed(World world) {
        this.world = world;
        customers = world.customers();
        origin = world.settings().origin();
    }

    @Override
    public long firstBucket() {
        return -Customers.DAYS_BEFORE_START;
    }

    @Override
    public long bucketOf(long epochSecond) {
        return Math.floorDiv(epochSecond - origin, Instants.DAY);
    }

    @Override
    public void collect(long day, WorldView view, List<Entry> into) {
        for (long customer = customers.before(day); customer < customers.before(day + 1); customer++) {
            collect(customer, day, view, into);
        }
        if (day >= 0) {
            long phase = day % Customers.period();
            for (long customer = phase; customer < customers.before(day); customer += Customers.period()) {
                collect(customer, day, view, into);
            }
        }
    }

    private void collect(long customer, long day, WorldView view, List<Entry> into) {
        if (customers.createdAt(customer) <= view.now()) {
            long updatedAt = customers.updatedAt(customer, view.now());
            if (bucketOf(updatedAt) == day) {
                into.add(entry(customer, updatedAt));
            }
        }
    }

    @Override
    public EntityIds ids() {
        return world.ids().customers();
    }

    @Override
    public Optional<Entry> find(OptionalLong number, WorldView view) {
        if (number.isEmpty() || number.getAsLong() >= customers.before(bucketOf(view.now()) + 1)) {
            return Optional.empty();
        }
        long customer = number.getAsLong();
        return customers.createdAt(customer) <= view.now()
                ? Optional.of(entry(customer, customers.updatedAt(customer, view.now())))
                : Optional.empty();
    }

    @Override
    public void write(JsonGenerator json, Entry entry, WorldView view) throws IOException {
        long customer = entry.number();
        int version = customers.version(customer, view.now());
        Jurisdiction jurisdiction = customers.jurisdiction(customer);
        json.writeStartObject();
        json.writeStringField("customer_id", ids().text(customer));
        json.writeStringField("email_hash", customers.emailHash(customer));
        json.writeStringField("given_name", customers.givenName(customer));
        JsonFields.text(json, "family_name", customers.familyName(customer));
        json.writeStringField("country", jurisdiction.country().name());
        json.writeStringField("region", jurisdiction.region());
        json.writeStringField("locale", jurisdiction.country().locale());
        json.writeBooleanField("marketing_opt_in", customers.optsIn(customer, version));
        json.writeArrayFieldStart("addresses");
        for (int i = 0; i < customers.addressCount(customer); i++) {
            json.writeStartObject();
            json.writeStringField("address_id", world.ids().addresses().text(customer * 2 + i));
            json.writeStringField("line1", customers.line1(customer, i, version));
            json.writeNullField("line2");
            json.writeStringField("city", customers.city(customer, i));
            json.writeStringField("region", jurisdiction.region());
            JsonFields.text(json, "postal_code", customers.postalCode(customer, i));
            json.writeStringField("country", jurisdiction.country().name());
            json.writeEndObject();
        }
        json.writeEndArray();
        JsonFields.common(json, customers.createdAt(customer), entry.updatedAt(), version);
        json.writeEndObject();
    }

    private Entry entry(long customer, long updatedAt) {
        return new Entry(updatedAt, ids().number(customer), customer);
    }
}
