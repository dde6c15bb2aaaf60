package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.FixedList;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.RecordFlaw;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Offers;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.tax.Currency;
import java.io.IOException;
import java.util.OptionalInt;

/** The offers. */
public final class OfferList implements FixedList {
    private final World world;
    private final Offers offers;

    public OfferList(World world) {
        this.world = world;
        offers = world.offers();
    }

    @Override
    public int size() {
        return Offers.COUNT;
    }

    @Override
    public boolean isThere(int offer, WorldView view) {
        return !view.offerIsGone(offer);
    }

    @Override
    public long updatedAt(int offer, WorldView view) {
        return view.offerUpdatedAt(offer);
    }

    @Override
    public OptionalInt find(String id) {
        return UnchangingLists.find(world.ids().offers(), id, Offers.COUNT);
    }

    @Override
    public void write(JsonGenerator json, int offer, WorldView view) throws IOException {
        int version = offers.version(offer, view.now());
        int vendor = Offers.vendor(offer);
        Currency currency = Offers.country(vendor).currency();
        RecordFlaw flaw = view.offerFlaw(offer);
        String isbn = world.books().isbn(offers.book(offer));
        int onHand = offers.stockOnHand(offer, version);
        json.writeStartObject();
        json.writeStringField("offer_id", world.ids().offers().text(offer));
        json.writeStringField("vendor_id", world.ids().vendors().text(vendor));
        json.writeStringField("isbn13", flaw == RecordFlaw.WRONG_CHECK_DIGIT ? wrong(isbn) : isbn);
        json.writeStringField("condition", Offers.isNew(offer) ? "new" : "used");
        JsonFields.amount(json, "unit_price", currency, offers.unitPrice(offer, version));
        json.writeStringField("currency", currency.name());
        json.writeStringField("price_regime", Offers.isFixed(offer) ? "fixed" : "free");
        json.writeNumberField("stock_on_hand", onHand);
        json.writeNumberField(
                "stock_reserved",
                flaw == RecordFlaw.RESERVED_OVER_STOCK ? onHand + 1 : offers.stockReserved(offer, version));
        JsonFields.common(
                json,
                offers.createdAt(offer),
                updatedAt(offer, view),
                view.offerVersion(offer),
                view.offerDeletedAt(offer));
        json.writeEndObject();
    }

    private static String wrong(String isbn) {
        int checkDigit = isbn.charAt(12) - '0';
        return isbn.substring(0, 12) + (checkDigit + 1) % 10;
    }
}
