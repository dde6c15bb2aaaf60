package dev.galley.bookstore.oracle;

import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.OrderLife;
import dev.galley.bookstore.world.OrderStatus;
import dev.galley.bookstore.world.PaymentPlan;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.tax.Currency;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What was sold and given back by a time: the rows that every mart sums. */
final class SalesLedger {
    private final World world;
    private final long now;
    private final Map<Currency, Map<LocalDate, BigDecimal>> rates = new EnumMap<>(Currency.class);

    /** Whether money came in or went out. */
    enum Side {
        SALE,
        REFUND
    }

    /**
     * An order paid, or its refund.
     *
     * @param day local date in the order's jurisdiction
     * @param lines how many of the order's lines it is about: the first ones
     * @param rate USD for one unit of the order's currency
     */
    record Posting(Side side, Order order, LocalDate day, int lines, LocalDate rateDate, BigDecimal rate) {
        /** -1 for a refund. */
        int sign() {
            return side == Side.SALE ? 1 : -1;
        }
    }

    SalesLedger(World world, long now) {
        this.world = world;
        this.now = now;
    }

    /** In the order of the orders' numbers, a sale before its refund. */
    void forEach(Consumer<Posting> reader) {
        long count = world.orders().bornBy(now);
        for (long number = 0; number < count; number++) {
            if (OrderLife.of(number).stepTo(OrderStatus.PAID) >= 0) {
                post(world.orders().order(number), reader);
            }
        }
    }

    private void post(Order order, Consumer<Posting> reader) {
        for (PaymentPlan plan : PaymentPlan.of(order.life())) {
            long processedAt = order.at(plan.settled());
            if (!plan.succeeds() || plan.kind() == PaymentPlan.Kind.AUTHORIZE || processedAt > now) {
                continue;
            }
            boolean refund = plan.kind() == PaymentPlan.Kind.REFUND;
            LocalDate rateDate = world.rates().dateFor(Instants.utcDate(order.placedAt()));
            reader.accept(new Posting(
                    refund ? Side.REFUND : Side.SALE,
                    order,
                    order.jurisdiction().localDate(processedAt),
                    refund ? order.refundedLines() : order.lines().size(),
                    rateDate,
                    rate(order.currency(), rateDate)));
        }
    }

    private BigDecimal rate(Currency currency, LocalDate date) {
        return rates.computeIfAbsent(currency, any -> new HashMap<>())
                .computeIfAbsent(date, day -> world.rates().rate(day, currency));
    }
}
