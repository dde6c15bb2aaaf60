package dev.galley.bookstore.list;

import dev.galley.bookstore.world.chance.EntityIds;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client asks of a list; every wrong value is a {@link HttpProblem} that names it.
 *
 * @param url of the list, without query
 * @param parameters of the query, or the fields of the body
 * @param interceptor what stands between the list and this request
 */
public record ListRequest(String url, Map<String, String> parameters, int maxLimit, ListInterceptor interceptor) {
    private static final int DEFAULT_LIMIT = 100;

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** The page size, cut to the largest allowed. */
    public int limit(String name) {
        return (int) Math.min(maxLimit, number(name, 1, DEFAULT_LIMIT));
    }

    /** The way of paging asked for, else the list's own. */
    PagingStyle style(PagingStyle own) {
        return text("style").map(PagingStyle::of).orElse(own);
    }

    public long number(String name, long least, long absent) {
        return number(name, least, absent, Integer.MAX_VALUE);
    }

    public long number(String name, long least, long absent, long most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message there is for it.
        }
        throw HttpProblem.badRequest(
                name + " is \"" + text.get() + "\": it must be a whole number, " + least + " or more");
    }

    /** Epoch second of {@code updated_since}, rounded up; the beginning of time if absent. */
    long since() {
        Optional<String> text = text("updated_since");
        if (text.isEmpty()) {
            return Long.MIN_VALUE;
        }
        try {
            Instant since = Instant.parse(text.get());
            return since.getNano() == 0 ? since.getEpochSecond() : since.getEpochSecond() + 1;
        } catch (DateTimeException e) {
            throw HttpProblem.badRequest(
                    "updated_since is \"" + text.get() + "\": it must be an instant like 2026-04-01T00:00:00Z");
        }
    }

    public Optional<LocalDate> date(String name) {
        try {
            return text(name).map(LocalDate::parse);
        } catch (DateTimeException e) {
            throw HttpProblem.badRequest(
                    name + " is \"" + text(name).orElse("") + "\": it must be a date like 2026-04-01");
        }
    }

    /** Where the page before ended, for lists that go on from {@code updated_since} and {@code after_id}. */
    Optional<Feed.Entry> keyset(EntityIds ids) {
        return text("after_id").map(text -> {
            OptionalLong id = ids.numberOf(text);
            if (id.isEmpty() || since() == Long.MIN_VALUE) {
                throw HttpProblem.badRequest(
                        "after_id is \"" + text + "\": it must be an id of this list and come with updated_since");
            }
            return new Feed.Entry(since(), id.getAsLong(), -1);
        });
    }
}
