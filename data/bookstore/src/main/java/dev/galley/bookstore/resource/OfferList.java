package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.FixedList;
import dev.galley.bookstore.list.FlawedRecords.FlawedRecord;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.RecordFlaw;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Offers;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.tax.Currency;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The offers. */
record OfferList(World world) implements FixedList {
    @Override
    public int size() {
        return Offers.COUNT;
    }

    @Override
    public boolean isThere(int offer, WorldView view) {
        return !view.isGone(view.flawed().offer(offer));
    }

    @Override
    public long updatedAt(int offer, WorldView view) {
        return view.updatedAt(view.flawed().offer(offer), world.offers().updatedAt(offer, view.now()));
    }

    @Override
    public OptionalInt find(String id) {
        return UnchangingLists.find(world.ids().offers(), id, Offers.COUNT);
    }

    @Override
    public void write(JsonWriter json, int offer, WorldView view) {
        Offers offers = world.offers();
        int version = offers.version(offer, view.now());
        int vendor = Offers.vendor(offer);
        Currency currency = Offers.country(vendor).currency();
        FlawedRecord flawed = view.flawed().offer(offer);
        RecordFlaw flaw = view.flaw(flawed);
        String isbn = world.books().isbn(offers.book(offer));
        int onHand = offers.stockOnHand(offer, version);
        json.text("offer_id", world.ids().offers().text(offer))
                .text("vendor_id", world.ids().vendors().text(vendor))
                .text("isbn13", flaw == RecordFlaw.WRONG_CHECK_DIGIT ? wrong(isbn) : isbn)
                .text("condition", Offers.isNew(offer) ? "new" : "used")
                .amount("unit_price", currency, offers.unitPrice(offer, version))
                .text("currency", currency.name())
                .text("price_regime", Offers.isFixed(offer) ? "fixed" : "free")
                .number("stock_on_hand", onHand)
                .number(
                        "stock_reserved",
                        flaw == RecordFlaw.RESERVED_OVER_STOCK ? onHand + 1 : offers.stockReserved(offer, version))
                .common(
                        offers.createdAt(offer),
                        updatedAt(offer, view),
                        view.version(flawed, version),
                        flaw == RecordFlaw.SOFT_DELETED ? OptionalLong.of(flawed.from()) : OptionalLong.empty());
    }

    private static String wrong(String isbn) {
        int checkDigit = isbn.charAt(12) - '0';
        return isbn.substring(0, 12) + (checkDigit + 1) % 10;
    }
}
