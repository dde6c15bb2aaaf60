package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.Answer;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.ListRequest;
import dev.galley.bookstore.list.Resource;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.FxRates;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.tax.Currency;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** The rates of exchange, by a window of dates. */
public record FxRateResource(FxRates rates) implements Resource {
    @Override
    public String name() {
        return "fx_rates";
    }

    @Override
    public Answer list(ListRequest request, WorldView view) {
        LocalDate from = later(request.date("from").orElse(rates.first()), rates.first());
        LocalDate today = Instants.utcDate(view.now());
        LocalDate to = request.date("to").filter(today::isAfter).orElse(today);
        return Answer.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
                if (rates.published(date)) {
                    for (Currency base : Currency.values()) {
                        write(json, date, base);
                    }
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    @Override
    public Optional<Answer> one(String id, WorldView view) {
        String[] parts = id.split(":", -1);
        try {
            LocalDate date = LocalDate.parse(parts[0]);
            boolean known = parts.length == 3
                    && parts[2].equals(FxRates.QUOTE.name())
                    && rates.published(date)
                    && !date.isAfter(Instants.utcDate(view.now()));
            return known
                    ? Optional.of(Answer.of(json -> write(json, date, Currency.valueOf(parts[1]))))
                    : Optional.empty();
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void write(JsonGenerator json, LocalDate date, Currency base) throws IOException {
        json.writeStartObject();
        json.writeStringField("rate_date", date.toString());
        json.writeStringField("base", base.name());
        json.writeStringField("quote", FxRates.QUOTE.name());
        json.writeFieldName("rate");
        json.writeNumber(rates.rate(date, base).toPlainString());
        JsonFields.common(json, Instants.startOf(date), Instants.startOf(date), 1);
        json.writeEndObject();
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
