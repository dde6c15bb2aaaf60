package dev.galley.bookstore.world.tax;

/** A country that is served. */
public enum Country {
    US(Currency.USD, false, "en-US"),
    DE(Currency.EUR, true, "de-DE"),
    JP(Currency.JPY, true, "ja-JP"),
    ET(Currency.ETB, false, "am-ET");

    private final Currency currency;
    private final boolean pricesIncludeTax;
    private final String locale;

    Country(Currency currency, boolean pricesIncludeTax, String locale) {
        this.currency = currency;
        this.pricesIncludeTax = pricesIncludeTax;
        this.locale = locale;
    }

    public Currency currency() {
        return currency;
    }

    public boolean pricesIncludeTax() {
        return pricesIncludeTax;
    }

    public String locale() {
        return locale;
    }

    /** Whether law or custom binds the price of a new book, so that neither vendor nor shop may go below it. */
    public boolean fixesPrices() {
        return this == DE || this == JP;
    }
}
