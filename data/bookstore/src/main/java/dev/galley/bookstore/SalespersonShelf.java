package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.Dice.Purpose;
import java.io.IOException;
import java.time.LocalDate;
import java.util.OptionalInt;

/** Who sells in the stores: five in each, numbered store by store, and behind them one of each who has left. */
record SalespersonShelf(World world) implements Shelf {
    static final int PER_STORE = 5;

    private static final int SELLING = PER_STORE * Store.ALL.size();
    private static final int NUMBERS = 1 << 20;

    @Override
    public int size() {
        return SELLING + Store.ALL.size();
    }

    @Override
    public long updatedAt(int person, View view) {
        return Shelves.founded(world);
    }

    @Override
    public OptionalInt find(String id) {
        return Shelves.find(world.ids().salespeople(), id, size());
    }

    @Override
    public void write(JsonGenerator json, int person, View view) throws IOException {
        boolean left = person >= SELLING;
        int store = left ? person - SELLING : person / PER_STORE;
        Country country = Store.ALL.get(store).jurisdiction().country();
        String given = Names.given(country, below(NUMBERS, person, 0));
        String family = Names.family(country, below(NUMBERS, person, 1)).orElse("");
        LocalDate founded = Instants.utcDate(Shelves.founded(world));
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
        Json.common(json, Shelves.founded(world), Shelves.founded(world), 1);
        json.writeEndObject();
    }

    private int below(int bound, int person, int draw) {
        return world.below(bound, Purpose.SALESPERSON, person, draw);
    }
}
