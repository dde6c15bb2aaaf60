package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.Feed;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Customers;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.EntityIds;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.tax.Jurisdiction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Customers by the day of their newest change: those registered on it, and one phase of those registered before. */
final class CustomerFeed implements Feed {
    private final World world;
    private final Customers customers;
    private final long origin;

    CustomerFeed(World world) {
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
    public void write(JsonWriter json, Entry entry, WorldView view) {
        long customer = entry.number();
        int version = customers.version(customer, view.now());
        Jurisdiction jurisdiction = customers.jurisdiction(customer);
        json.text("customer_id", ids().text(customer))
                .text("email_hash", customers.emailHash(customer))
                .text("given_name", customers.givenName(customer))
                .text("family_name", customers.familyName(customer))
                .text("country", jurisdiction.country().name())
                .text("region", jurisdiction.region())
                .text("locale", jurisdiction.country().locale())
                .flag("marketing_opt_in", customers.optsIn(customer, version))
                .array(
                        "addresses",
                        customers.addressCount(customer),
                        i -> json.text("address_id", world.ids().addresses().text(customer * 2 + i))
                                .text("line1", customers.line1(customer, i, version))
                                .nothing("line2")
                                .text("city", customers.city(customer, i))
                                .text("region", jurisdiction.region())
                                .text("postal_code", customers.postalCode(customer, i))
                                .text("country", jurisdiction.country().name()))
                .common(customers.createdAt(customer), entry.updatedAt(), version);
    }
}
