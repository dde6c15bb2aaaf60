package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.Answer;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.ListRequest;
import dev.galley.bookstore.list.Resource;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.FxRates;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.tax.Currency;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rates of exchange, by a window of dates. */
record FxRateResource(FxRates rates) implements Resource {
    @Override
    public String name() {
        return "fx_rates";
    }

    @Override
    public Answer list(ListRequest request, WorldView view) {
        LocalDate from = request.date("from").filter(rates.first()::isBefore).orElse(rates.first());
        LocalDate today = Instants.utcDate(view.now());
        LocalDate to = request.date("to").filter(today::isAfter).orElse(today);
        List<JsonWriter.Fields> records = new ArrayList<>();
        for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
            if (rates.published(date)) {
                LocalDate published = date;
                for (Currency base : Currency.values()) {
                    records.add(json -> write(json, published, base));
                }
            }
        }
        return Answer.of(json -> json.array("data", records));
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

    private void write(JsonWriter json, LocalDate date, Currency base) {
        json.text("rate_date", date.toString())
                .text("base", base.name())
                .text("quote", FxRates.QUOTE.name())
                .decimal("rate", rates.rate(date, base).toPlainString())
                .common(Instants.startOf(date), Instants.startOf(date), 1);
    }
}
