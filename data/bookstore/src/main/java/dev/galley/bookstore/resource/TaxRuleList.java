package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.FixedList;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.tax.Country;
import dev.galley.bookstore.world.tax.TaxPeriod;
import dev.galley.bookstore.world.tax.TaxTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The tax table as rows: one per jurisdiction, class, component and period. */
public final class TaxRuleList implements FixedList {
    private static final String GOODS = "printed_book";
    private static final String SHIPPING = "shipping";

    private final List<Row> rows = new ArrayList<>();

    private record Row(TaxPeriod period, String taxClass, int component) {
        String id() {
            return period.jurisdiction().id() + ":" + taxClass + ":" + name() + ":" + period.from();
        }

        String name() {
            return period.components().get(component).name();
        }

        boolean taxed() {
            return period.treatment() == TaxPeriod.Treatment.TAXABLE
                    && (taxClass.equals(GOODS) || period.jurisdiction().shippingTaxed());
        }

        /** Shipping that follows the goods follows their exemption too. */
        TaxPeriod.Treatment treatment() {
            boolean follows = taxClass.equals(GOODS) || period.jurisdiction().shippingTaxed();
            return follows ? period.treatment() : TaxPeriod.Treatment.NONE;
        }

        long rate() {
            return taxed() ? period.components().get(component).rate() : 0;
        }
    }

    public TaxRuleList(TaxTable table) {
        for (TaxPeriod period : table.all()) {
            for (String taxClass : List.of(GOODS, SHIPPING)) {
                for (int component = 0; component < period.components().size(); component++) {
                    rows.add(new Row(period, taxClass, component));
                }
            }
        }
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public long updatedAt(int number, WorldView view) {
        return UnchangingLists.founded(view.world());
    }

    @Override
    public OptionalInt find(String id) {
        return rows.stream()
                .filter(row -> row.id().equals(id))
                .mapToInt(rows::indexOf)
                .findFirst();
    }

    @Override
    public void write(JsonGenerator json, int number, WorldView view) throws IOException {
        Row row = rows.get(number);
        Country country = row.period().jurisdiction().country();
        json.writeStartObject();
        json.writeStringField("jurisdiction_id", row.period().jurisdiction().id());
        json.writeStringField("tax_class", row.taxClass());
        json.writeStringField("component", row.name());
        json.writeStringField("valid_from", row.period().from().toString());
        JsonFields.text(json, "valid_to", row.period().to().map(Object::toString));
        json.writeStringField("treatment", row.treatment().name().toLowerCase(Locale.ROOT));
        JsonFields.rate(json, "rate", row.rate());
        json.writeStringField("base", row.taxClass().equals(GOODS) ? "goods" : SHIPPING);
        json.writeBooleanField("inclusive", country.pricesIncludeTax());
        json.writeStringField("rounding_level", country == Country.US ? "line" : "order");
        json.writeStringField("rounding_mode", country == Country.JP ? "DOWN" : "HALF_UP");
        json.writeNumberField("component_order", row.component() + 1);
        long founded = UnchangingLists.founded(view.world());
        JsonFields.common(json, founded, founded, 1);
        json.writeEndObject();
    }
}
