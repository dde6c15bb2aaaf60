package dev.galley.bookstore.list;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.tax.Currency;
import dev.galley.bookstore.world.tax.TaxPeriod.Component;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** The house's way of writing amounts, rates, instants and the fields that every record has. */
public final class JsonFields {
    private JsonFields() {}

    public static void amount(JsonGenerator json, String field, Currency currency, long minor) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(currency.text(minor));
    }

    /** Six decimals. */
    public static void rate(JsonGenerator json, String field, long millionths) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(rateText(millionths));
    }

    static String rateText(long millionths) {
        String digits = Long.toString(1_000_000 + millionths % 1_000_000);
        return millionths / 1_000_000 + "." + digits.substring(1);
    }

    public static void instant(JsonGenerator json, String field, long epochSecond) throws IOException {
        json.writeStringField(field, Instants.text(epochSecond));
    }

    public static void text(JsonGenerator json, String field, @Nullable String text) throws IOException {
        if (text == null) {
            json.writeNullField(field);
        } else {
            json.writeStringField(field, text);
        }
    }

    public static void text(JsonGenerator json, String field, Optional<String> text) throws IOException {
        text(json, field, text.orElse(null));
    }

    public static void taxes(
            JsonGenerator json, String field, Currency currency, List<Component> components, IntToLongFunction amount)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (int i = 0; i < components.size(); i++) {
            json.writeStartObject();
            json.writeStringField("component", components.get(i).name());
            rate(json, "rate", components.get(i).rate());
            amount(json, "amount", currency, amount.applyAsLong(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public static void common(JsonGenerator json, long createdAt, long updatedAt, int version) throws IOException {
        common(json, createdAt, updatedAt, version, OptionalLong.empty());
    }

    public static void common(JsonGenerator json, long createdAt, long updatedAt, int version, OptionalLong deletedAt)
            throws IOException {
        instant(json, "created_at", createdAt);
        instant(json, "updated_at", updatedAt);
        json.writeNumberField("version", version);
        instant(json, "deleted_at", deletedAt);
    }

    public static void instant(JsonGenerator json, String field, OptionalLong epochSecond) throws IOException {
        if (epochSecond.isPresent()) {
            instant(json, field, epochSecond.getAsLong());
        } else {
            json.writeNullField(field);
        }
    }
}
