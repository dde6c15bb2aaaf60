package dev.galley.bookstore.list;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.tax.Currency;
import dev.galley.bookstore.world.tax.TaxPeriod.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** Writes fields of JSON to memory, one after the other, as the house writes amounts, rates and instants. */
public record JsonWriter(JsonGenerator json) {
    /** The fields of one object. */
    @FunctionalInterface
    public interface Fields {
        void write(JsonWriter json);
    }

    private interface Step {
        void write() throws IOException;
    }

    /** Null is written as null. */
    public JsonWriter text(String field, @Nullable String text) {
        return field(field, () -> json.writeString(text));
    }

    public JsonWriter text(String field, Optional<String> text) {
        return text(field, text.orElse(null));
    }

    public JsonWriter text(String field, Enum<?> constant) {
        return text(field, text(constant));
    }

    /** The name of a constant as the API spells it. */
    public static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public JsonWriter number(String field, long number) {
        return field(field, () -> json.writeNumber(number));
    }

    public JsonWriter number(String field, OptionalInt number) {
        return number.isPresent() ? number(field, number.getAsInt()) : nothing(field);
    }

    /** Writes a number as its text says, digit by digit. */
    public JsonWriter decimal(String field, String number) {
        return field(field, () -> json.writeNumber(number));
    }

    public JsonWriter flag(String field, boolean flag) {
        return field(field, () -> json.writeBoolean(flag));
    }

    public JsonWriter nothing(String field) {
        return field(field, json::writeNull);
    }

    public JsonWriter amount(String field, Currency currency, long minor) {
        return decimal(field, currency.text(minor));
    }

    /** Six decimals. */
    public JsonWriter rate(String field, long millionths) {
        String digits = Long.toString(1_000_000 + millionths % 1_000_000);
        return decimal(field, millionths / 1_000_000 + "." + digits.substring(1));
    }

    public JsonWriter instant(String field, long epochSecond) {
        return text(field, Instants.text(epochSecond));
    }

    public JsonWriter instant(String field, OptionalLong epochSecond) {
        return epochSecond.isPresent() ? instant(field, epochSecond.getAsLong()) : nothing(field);
    }

    /** Writes an array with an object for each component. */
    public JsonWriter taxes(String field, Currency currency, List<Component> components, IntToLongFunction amount) {
        return array(
                field,
                components.size(),
                i -> text("component", components.get(i).name())
                        .rate("rate", components.get(i).rate())
                        .amount("amount", currency, amount.applyAsLong(i)));
    }

    /** Writes the fields that end every record; nothing was deleted. */
    public JsonWriter common(long createdAt, long updatedAt, int version) {
        return common(createdAt, updatedAt, version, OptionalLong.empty());
    }

    public JsonWriter common(long createdAt, long updatedAt, int version, OptionalLong deletedAt) {
        return instant("created_at", createdAt)
                .instant("updated_at", updatedAt)
                .number("version", version)
                .instant("deleted_at", deletedAt);
    }

    public JsonWriter object(String field, Fields fields) {
        return field(field, () -> object(fields));
    }

    /** Writes an array of so many objects; {@code element} writes the fields of the nth, from 0. */
    public JsonWriter array(String field, int size, IntConsumer element) {
        return field(field, () -> {
            json.writeStartArray();
            for (int i = 0; i < size; i++) {
                json.writeStartObject();
                element.accept(i);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    public JsonWriter array(String field, List<Fields> objects) {
        return array(field, objects.size(), i -> objects.get(i).write(this));
    }

    void object(Fields fields) throws IOException {
        json.writeStartObject();
        fields.write(this);
        json.writeEndObject();
    }

    void array(List<Fields> objects) throws IOException {
        json.writeStartArray();
        for (Fields fields : objects) {
            object(fields);
        }
        json.writeEndArray();
    }

    private JsonWriter field(String name, Step value) {
        try {
            json.writeFieldName(name);
            value.write();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON to memory", e);
        }
        return this;
    }
}
