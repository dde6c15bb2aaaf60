package dev.galley.bookstore.world;

import dev.galley.bookstore.world.tax.Currency;
import dev.galley.bookstore.world.tax.Jurisdiction;
import dev.galley.bookstore.world.tax.TaxBill;
import java.util.List;
import java.util.OptionalInt;

/**
 * All that an order ever is; what of it is known at a time depends on the step of its life.
 *
 * @param store the store's number, for channel store
 * @param bill the taxes, as determined when quoted
 * @param subtotal before discounts
 */
public record Order(
        long number,
        OrderLife life,
        long placedAt,
        long customer,
        Jurisdiction jurisdiction,
        OptionalInt store,
        List<Line> lines,
        long subtotal,
        long discount,
        long shipping,
        TaxBill bill) {
    /** A book bought. {@code net} is after discount, as priced on the shelf; all in minor units. */
    public record Line(int offer, int book, int quantity, long unitPrice, long discount, long net) {
        /** The same line at a discount on what it was. */
        Line discounted(long amount) {
            return new Line(offer, book, quantity, unitPrice, amount, net - amount);
        }
    }

    public Currency currency() {
        return jurisdiction.currency();
    }

    public boolean pricesIncludeTax() {
        return jurisdiction.country().pricesIncludeTax();
    }

    public long grandTotal() {
        return subtotal - discount + shipping + (pricesIncludeTax() ? 0 : bill.total());
    }

    /** What the house earns with a line: without tax. */
    public long revenue(int line) {
        return lines.get(line).net() - (pricesIncludeTax() ? bill.line(line) : 0);
    }

    public long shippingWithoutTax() {
        return shipping - (pricesIncludeTax() ? bill.shippingTotal() : 0);
    }

    /** When a step of its life is entered. */
    public long at(int step) {
        return life.steps().get(step).delay().after(placedAt);
    }

    /** The newest step at a time, -1 before the order is born. */
    public int stepAt(long now) {
        int step = life.steps().size() - 1;
        while (step >= 0 && at(step) > now) {
            step--;
        }
        return step;
    }

    /**
     * Which of the customer's addresses it ships to at a step: the first, or the second if there is one and the order
     * was quoted again.
     */
    public int addressAt(int step, int addresses) {
        long quotes = life.steps().subList(0, step + 1).stream()
                .filter(entered -> entered.status() == OrderStatus.QUOTED)
                .count();
        return quotes > 1 && addresses > 1 ? 1 : 0;
    }

    /** Lines that its refund, if there is one, takes back: all, or the first. */
    public int refundedLines() {
        return life.refundsPartially() ? 1 : lines.size();
    }

    public boolean refundsShipping() {
        return !life.refundsPartially();
    }

    /** Goods and their tax of the lines taken back, and shipping with its tax where that is given back. */
    public long refundTotal() {
        long total = refundsShipping() ? shippingWithoutTax() + bill.shippingTotal() : 0;
        for (int line = 0; line < refundedLines(); line++) {
            total += revenue(line) + bill.line(line);
        }
        return total;
    }
}
