package dev.galley.bookstore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.galley.bookstore.world.BookstoreException;
import dev.galley.bookstore.world.StateFile;
import dev.galley.bookstore.world.WorldSettings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/** The settings of the world that a state directory holds. */
record WorldFile(StateFile file) {
    static WorldFile in(Path state) {
        return new WorldFile(new StateFile(state.resolve("world.json")));
    }

    /** Remembered from the first time on. */
    WorldSettings settings(WorldOptions wishes) {
        Optional<WorldSettings> kept = file.read().map(WorldFile::parse);
        WorldSettings wanted = wishes.over(kept.orElse(WorldSettings.defaults()));
        if (kept.isEmpty()) {
            file.write(json -> {
                json.put("seed", wanted.seed())
                        .put("start_date", wanted.start().toString())
                        .put("days", wanted.days())
                        .put("orders_per_day", wanted.ordersPerDay())
                        .put("scale", wanted.scale());
                wanted.booksCsv().ifPresent(books -> json.put("books_csv", books.toString()));
            });
        } else if (!wanted.equals(kept.get())) {
            throw new BookstoreException("Cannot open the world in " + file.path() + " with " + wanted
                    + ": it was begun with " + kept.get() + "; leave these options out, or take another --state");
        }
        return wanted;
    }

    /** Refused if there is none. */
    WorldSettings existing() {
        return file.read()
                .map(WorldFile::parse)
                .orElseThrow(() -> new BookstoreException(
                        "Cannot find a world in " + file.path() + ": start the server once with this --state"));
    }

    private static WorldSettings parse(ObjectNode json) {
        return new WorldSettings(
                json.path("seed").asLong(),
                LocalDate.parse(json.path("start_date").asText()),
                json.path("days").asInt(),
                json.path("orders_per_day").asInt(),
                json.path("scale").asInt(),
                Optional.ofNullable(json.path("books_csv").textValue()).map(Path::of));
    }
}
