package dev.galley.bookstore.world.tax;

import java.math.BigDecimal;

/** A currency of the house. Amounts are whole numbers of its minor unit. */
public enum Currency {
    USD(2),
    EUR(2),
    JPY(0),
    ETB(2);

    private final int digits;

    Currency(int digits) {
        this.digits = digits;
    }

    public int digits() {
        return digits;
    }

    /** Plain notation with exactly the currency's digits. */
    public String text(long minor) {
        if (digits == 0) {
            return Long.toString(minor);
        }
        long size = Math.abs(minor);
        long cents = size % 100;
        return (minor < 0 ? "-" : "") + size / 100 + (cents < 10 ? ".0" : ".") + cents;
    }

    public BigDecimal major(long minor) {
        return BigDecimal.valueOf(minor, digits);
    }
}
