package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.FixedList;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.PersonNames;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.Country;
import dev.galley.bookstore.world.tax.Store;
import java.io.IOException;
import java.time.LocalDate;
import java.util.OptionalInt;

/** Who sells in the stores: five in each, numbered store by store, and behind them one of each who has left. */
public record SalespersonList(World world) implements FixedList {
    static final int PER_STORE = 5;

    private static final int SELLING = PER_STORE * Store.ALL.size();
    private static final int NUMBERS = 1 << 20;

    @Override
    public int size() {
        return SELLING + Store.ALL.size();
    }

    @Override
    public long updatedAt(int person, WorldView view) {
        return UnchangingLists.founded(world);
    }

    @Override
    public OptionalInt find(String id) {
        return UnchangingLists.find(world.ids().salespeople(), id, size());
    }

    @Override
    public void write(JsonGenerator json, int person, WorldView view) throws IOException {
        boolean left = person >= SELLING;
        int store = left ? person - SELLING : person / PER_STORE;
        Country country = Store.ALL.get(store).jurisdiction().country();
        String given = PersonNames.given(country, below(NUMBERS, person, 0));
        String family = PersonNames.family(country, below(NUMBERS, person, 1)).orElse("");
        LocalDate founded = Instants.utcDate(UnchangingLists.founded(world));
        LocalDate hired = Store.ALL.get(store).openedOn().plusDays(below(600, person, 2));
        json.writeStartObject();
        json.writeStringField("salesperson_id", world.ids().salespeople().text(person));
        json.writeStringField("full_name", (given + " " + family).strip());
        json.writeStringField("store_id", world.ids().stores().text(store));
        json.writeStringField("hired_on", hired.toString());
        if (left) {
            LocalDate end = hired.plusDays(200);
            json.writeStringField("left_on", (end.isBefore(founded) ? end : founded).toString());
        } else {
            json.writeNullField("left_on");
        }
        JsonFields.common(json, UnchangingLists.founded(world), UnchangingLists.founded(world), 1);
        json.writeEndObject();
    }

    private int below(int bound, int person, int draw) {
        return world.below(bound, Purpose.SALESPERSON, person, draw);
    }
}
