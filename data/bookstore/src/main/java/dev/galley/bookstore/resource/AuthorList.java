package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.FixedList;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.World;
import java.io.IOException;
import java.util.OptionalInt;

/** The authors, who never change. */
public record AuthorList(World world) implements FixedList {
    @Override
    public int size() {
        return world.authors().count();
    }

    @Override
    public long updatedAt(int author, WorldView view) {
        return UnchangingLists.founded(world);
    }

    @Override
    public OptionalInt find(String id) {
        return UnchangingLists.find(world.ids().authors(), id, size());
    }

    @Override
    public void write(JsonGenerator json, int author, WorldView view) throws IOException {
        json.writeStartObject();
        fields(json, world, author);
        JsonFields.common(json, UnchangingLists.founded(world), UnchangingLists.founded(world), 1);
        json.writeEndObject();
    }

    /** What stands on a book, too. */
    static void fields(JsonGenerator json, World world, int author) throws IOException {
        json.writeStringField("author_id", world.ids().authors().text(author));
        json.writeStringField("name", world.authors().name(author));
        json.writeStringField("sort_name", world.authors().sortName(author));
        OptionalInt birthYear = world.authors().birthYear(author);
        if (birthYear.isPresent()) {
            json.writeNumberField("birth_year", birthYear.getAsInt());
        } else {
            json.writeNullField("birth_year");
        }
    }
}
