package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.OptionalInt;

/** The authors, who never change. */
record AuthorShelf(World world) implements Shelf {
    @Override
    public int size() {
        return world.authors().count();
    }

    @Override
    public long updatedAt(int author, View view) {
        return Shelves.founded(world);
    }

    @Override
    public OptionalInt find(String id) {
        return Shelves.find(world.ids().authors(), id, size());
    }

    @Override
    public void write(JsonGenerator json, int author, View view) throws IOException {
        json.writeStartObject();
        fields(json, world, author);
        Json.common(json, Shelves.founded(world), Shelves.founded(world), 1);
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
