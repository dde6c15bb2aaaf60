package dev.galley.bookstore.oracle;

import java.util.List;

/** The marts the oracle knows, with their columns in order. */
public enum Mart {
    REVENUE_DAILY("day jurisdiction_id currency orders units amount_local aov amount_usd fx_rate_date"),
    TOP_SALES_BY_CITY("month country city rank isbn13 units currency amount_local amount_usd fx_rate_date"),
    TAX_LIABILITY("month jurisdiction_id component rate currency taxable_base tax_collected tax_refunded net_due"
            + " amount_usd fx_rate_date");

    private final String columns;

    Mart(String columns) {
        this.columns = columns;
    }

    public List<String> columns() {
        return List.of(columns.split(" "));
    }
}
