package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.FixedList;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.world.tax.Country;
import dev.galley.bookstore.world.tax.TaxPeriod;
import dev.galley.bookstore.world.tax.TaxTable;
import java.util.ArrayList;
import java.util.List;

/** The tax table as rows: one per jurisdiction, class, component and period. */
final class TaxRuleList {
    private static final String GOODS = "printed_book";
    private static final String SHIPPING = "shipping";

    private TaxRuleList() {}

    static FixedList of(TaxTable table) {
        List<Row> rows = new ArrayList<>();
        for (TaxPeriod period : table.all()) {
            for (String taxClass : List.of(GOODS, SHIPPING)) {
                for (int component = 0; component < period.components().size(); component++) {
                    rows.add(new Row(period, taxClass, component));
                }
            }
        }
        return UnchangingLists.keyed(
                rows, Row::id, (json, number) -> rows.get(number).write(json));
    }

    private record Row(TaxPeriod period, String taxClass, int component) {
        String id() {
            return period.jurisdiction().id() + ":" + taxClass + ":" + name() + ":" + period.from();
        }

        String name() {
            return period.components().get(component).name();
        }

        /** Shipping that follows the goods follows their exemption too. */
        TaxPeriod.Treatment treatment() {
            boolean follows = taxClass.equals(GOODS) || period.jurisdiction().shippingTaxed();
            return follows ? period.treatment() : TaxPeriod.Treatment.NONE;
        }

        long rate() {
            return treatment() == TaxPeriod.Treatment.TAXABLE
                    ? period.components().get(component).rate()
                    : 0;
        }

        void write(JsonWriter json) {
            Country country = period.jurisdiction().country();
            json.text("jurisdiction_id", period.jurisdiction().id())
                    .text("tax_class", taxClass)
                    .text("component", name())
                    .text("valid_from", period.from().toString())
                    .text("valid_to", period.to().map(Object::toString))
                    .text("treatment", treatment())
                    .rate("rate", rate())
                    .text("base", taxClass.equals(GOODS) ? "goods" : SHIPPING)
                    .flag("inclusive", country.pricesIncludeTax())
                    .text("rounding_level", country == Country.US ? "line" : "order")
                    .text("rounding_mode", country == Country.JP ? "DOWN" : "HALF_UP")
                    .number("component_order", component + 1);
        }
    }
}
