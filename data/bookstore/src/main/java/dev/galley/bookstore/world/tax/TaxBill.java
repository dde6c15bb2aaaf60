package dev.galley.bookstore.world.tax;

import dev.galley.bookstore.world.tax.TaxPeriod.Component;
import java.util.Arrays;
import java.util.List;

/** The tax of one order in minor units, by component: of each line, of the shipping charge, and the taxable base. */
public final class TaxBill {
    private static final long MILLION = 1_000_000;

    private final List<Component> components;
    private final long[][] lines;
    private final long[] shipping;
    private final long[] bases;

    private TaxBill(List<Component> components, long[][] lines, long[] shipping, long[] bases) {
        this.components = components;
        this.lines = lines;
        this.shipping = shipping;
        this.bases = bases;
    }

    /** By the rules of the period's jurisdiction. {@code nets} are the lines after discount, as priced on the shelf. */
    public static TaxBill of(TaxPeriod period, long[] nets, long shippingCharge) {
        return period.jurisdiction().country() == Country.US
                ? roundedByLine(period, nets, shippingCharge)
                : roundedByOrder(period, nets, shippingCharge);
    }

    public List<Component> components() {
        return components;
    }

    /** The combined rate in millionths. */
    public long rate() {
        return TaxPeriod.rate(components);
    }

    public long line(int line, int component) {
        return lines[line][component];
    }

    public long shipping(int component) {
        return shipping[component];
    }

    public long base(int component) {
        return bases[component];
    }

    public long line(int line) {
        return sum(lines[line]);
    }

    public long shippingTotal() {
        return sum(shipping);
    }

    public long amount(int component) {
        long amount = shipping[component];
        for (long[] line : lines) {
            amount += line[component];
        }
        return amount;
    }

    public long total() {
        long total = shippingTotal();
        for (long[] line : lines) {
            total += sum(line);
        }
        return total;
    }

    private static TaxBill roundedByLine(TaxPeriod period, long[] nets, long shippingCharge) {
        long base = 0;
        long[][] lines = new long[nets.length][];
        for (int i = 0; i < nets.length; i++) {
            lines[i] = split(period, nets[i]);
            base += nets[i];
        }
        boolean shippingTaxed = period.jurisdiction().shippingTaxed();
        long[] shipping = split(period, shippingTaxed ? shippingCharge : 0);
        long[] bases = new long[period.components().size()];
        Arrays.fill(bases, shippingTaxed ? base + shippingCharge : base);
        return new TaxBill(period.components(), lines, shipping, bases);
    }

    /** The combined rate decides the tax; the last component takes what the rounding of the others leaves. */
    private static long[] split(TaxPeriod period, long base) {
        List<Component> components = period.components();
        long[] parts = new long[components.size()];
        long left = halfUp(base * period.rate(), MILLION);
        for (int i = 0; i < parts.length - 1; i++) {
            parts[i] = halfUp(base * components.get(i).rate(), MILLION);
            left -= parts[i];
        }
        parts[parts.length - 1] = left;
        return parts;
    }

    private static TaxBill roundedByOrder(TaxPeriod period, long[] nets, long shippingCharge) {
        long[] weights = Arrays.copyOf(nets, nets.length + 1);
        weights[nets.length] = shippingCharge;
        long gross = sum(weights);
        long tax = orderTax(period, gross);
        long[] parts = Allocation.byLargestRemainder(tax, weights);
        long[][] lines = new long[nets.length][];
        for (int i = 0; i < nets.length; i++) {
            lines[i] = new long[] {parts[i]};
        }
        long base = period.jurisdiction().country().pricesIncludeTax() ? gross - tax : gross;
        return new TaxBill(period.components(), lines, new long[] {parts[nets.length]}, new long[] {base});
    }

    private static long orderTax(TaxPeriod period, long gross) {
        long rate = period.rate();
        return switch (period.jurisdiction().country()) {
            case DE -> gross - halfUp(gross * MILLION, MILLION + rate);
            case JP -> gross * rate / (MILLION + rate);
            case ET, US -> halfUp(gross * rate, MILLION);
        };
    }

    /** Of a quotient that is not negative. */
    private static long halfUp(long dividend, long divisor) {
        return (2 * dividend + divisor) / (2 * divisor);
    }

    private static long sum(long[] amounts) {
        long sum = 0;
        for (long amount : amounts) {
            sum += amount;
        }
        return sum;
    }
}
