package dev.galley.bookstore.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.fault.Fault;
import dev.galley.bookstore.fault.FaultSwitches;
import dev.galley.bookstore.list.Answer;
import dev.galley.bookstore.list.HttpProblem;
import dev.galley.bookstore.world.VirtualClock;
import dev.galley.bookstore.world.World;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;

/** The clock and the faults, for callers on this machine only. */
record AdminRoutes(World world, VirtualClock clock, FaultSwitches faults) {
    private static final int MOST_DAYS = 3_660;

    void routes(Javalin app) {
        app.before("/admin/*", AdminRoutes::refuseStrangers);
        app.get("/admin/clock", this::showClock);
        app.post("/admin/clock", context -> {
            moveClock(BookstoreServer.body(context));
            showClock(context);
        });
        app.get("/admin/faults", this::showFaults);
        app.put("/admin/faults/{name}", context -> {
            faults.put(Fault.of(context.pathParam("name")), BookstoreServer.body(context), clock.now());
            showFaults(context);
        });
        app.delete("/admin/faults/{name}", context -> {
            faults.delete(Fault.of(context.pathParam("name")));
            showFaults(context);
        });
        app.delete("/admin/faults", context -> {
            faults.deleteAll();
            showFaults(context);
        });
    }

    private static void refuseStrangers(Context context) throws UnknownHostException {
        // An address, never a name: nothing is looked up.
        if (!InetAddress.getByName(context.req().getRemoteAddr()).isLoopbackAddress()) {
            throw HttpProblem.forbidden("the clock and the faults are moved from this machine only");
        }
    }

    private void moveClock(JsonNode wish) {
        JsonNode days = wish.path("advance_days");
        if (days.isInt() && days.asInt() >= 1 && days.asInt() <= MOST_DAYS) {
            clock.advanceDays(days.asInt());
        } else if (wish.path("now").isTextual()) {
            clock.moveTo(instant(wish.path("now").asText()));
        } else {
            throw HttpProblem.badRequest("the body must be {\"advance_days\":n}, n from 1 to " + MOST_DAYS
                    + ", or {\"now\":\"2026-04-01T00:00:00Z\"}");
        }
    }

    private void showClock(Context context) {
        String start = world.settings().start().toString();
        Answer answer = Answer.of(json -> json.instant("now", clock.now()).text("start_date", start));
        context.contentType("application/json").result(answer.body());
    }

    private void showFaults(Context context) {
        context.contentType("application/json").result(faults.describe().toString());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw HttpProblem.badRequest("now is \"" + text + "\": it must be an instant like 2026-04-01T00:00:00Z");
        }
    }
}
