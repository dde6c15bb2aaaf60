package dev.galley.bookstore;

/** A country that is served. */
enum Country {
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

    Currency currency() {
        return currency;
    }

    boolean pricesIncludeTax() {
        return pricesIncludeTax;
    }

    String locale() {
        return locale;
    }

    /** Whether law or custom binds the price of a new book, so that neither vendor nor shop may go below it. */
    boolean fixesPrices() {
        return this == DE || this == JP;
    }
}
