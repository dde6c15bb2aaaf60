package dev.galley.bookstore.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.world.chance.Arrivals;
import dev.galley.bookstore.world.chance.EntityIds;
import dev.galley.bookstore.world.chance.Population;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.tax.Allocation;
import dev.galley.bookstore.world.tax.Jurisdiction;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    private static final Map<String, Set<String>> LEGAL = Map.ofEntries(
            Map.entry("checkout", Set.of("quoted", "rejected", "abandoned")),
            Map.entry("quoted", Set.of("quoted", "paid", "payment_failed", "cancelled", "abandoned")),
            Map.entry("payment_failed", Set.of("paid", "payment_failed", "cancelled")),
            Map.entry("paid", Set.of("partially_shipped", "shipped", "cancelled")),
            Map.entry("partially_shipped", Set.of("shipped", "cancelled")),
            Map.entry("shipped", Set.of("delivered", "returned")),
            Map.entry("delivered", Set.of("returned", "closed")),
            Map.entry("cancelled", Set.of("refunded", "partially_refunded")),
            Map.entry("returned", Set.of("refunded", "partially_refunded")));

    @Test
    void everyLifeGoesOnlyByLegalSteps() {
        assertThat(OrderLife.ALL.stream().mapToInt(OrderLife::share).sum()).isEqualTo(OrderLife.SLOTS);
        for (OrderLife life : OrderLife.ALL) {
            assertThat(life.steps().get(0).status()).isEqualTo(OrderStatus.CHECKOUT);
            for (int i = 1; i < life.steps().size(); i++) {
                OrderLife.Step before = life.steps().get(i - 1);
                OrderLife.Step after = life.steps().get(i);
                assertThat(LEGAL.get(JsonWriter.text(before.status()))).contains(JsonWriter.text(after.status()));
                assertThat(after.hours() * 3600 + after.seconds())
                        .isGreaterThan(before.hours() * 3600 + before.seconds());
                assertThat(Population.BIRTH_SECONDS + after.seconds()).isLessThanOrEqualTo(3600);
            }
        }
    }

    @Test
    void birthsAndHoursAreInversesAndAWeekIsExact() {
        Arrivals arrivals = new Arrivals(LocalDate.of(2026, 1, 1), 600);
        assertThat(arrivals.before(168)).isEqualTo(4_200);
        assertThat(arrivals.before(168 * 52)).isEqualTo(4_200 * 52);
        for (long order = 0; order < 10_000; order++) {
            long hour = arrivals.hourOf(order);
            assertThat(arrivals.before(hour)).isLessThanOrEqualTo(order);
            assertThat(arrivals.before(hour + 1)).isGreaterThan(order);
        }
    }

    @Test
    void idsAreUniqueAndFoundAgainAndOrderAsTheirNumbers() {
        EntityIds ids = EntityIds.of("ord_", new SeededRandom(7));
        Set<String> seen = new HashSet<>();
        for (long index = 0; index < 50_000; index++) {
            String id = ids.text(index);
            assertThat(seen.add(id)).isTrue();
            assertThat(ids.indexOf(id)).isEqualTo(OptionalLong.of(index));
        }
        assertThat(Long.signum(Long.compare(ids.number(1), ids.number(2))))
                .isEqualTo(Integer.signum(ids.text(1).compareTo(ids.text(2))));
        assertThat(ids.indexOf("ord_!!!!!!!!")).isEmpty();
        assertThat(ids.indexOf("pay_00000000")).isEmpty();
    }

    @Test
    void isbnsAreValidUniqueAndFoundAgain() {
        for (String known : List.of("9780306406157", "9783161484100", "9791090636071", "9780143127741")) {
            assertThat(Isbn.checkDigit(known.substring(0, 12))).isEqualTo(known.charAt(12) - '0');
        }
        Isbn isbns = new Isbn(new SeededRandom(7));
        Set<String> seen = new HashSet<>();
        for (int book = 0; book < Books.COUNT; book++) {
            String isbn = isbns.of(book);
            assertThat(isbn).matches("978\\d{10}");
            assertThat(seen.add(isbn)).isTrue();
            assertThat(isbns.book(isbn, Books.COUNT)).isEqualTo(OptionalInt.of(book));
        }
    }

    @Test
    void ratesAreCarriedOverWeekendsAndHolidays() {
        FxRates rates = new FxRates(new SeededRandom(7), LocalDate.of(2026, 1, 1));
        assertThat(rates.dateFor(LocalDate.of(2026, 1, 1))).isEqualTo("2025-12-31");
        assertThat(rates.dateFor(LocalDate.of(2026, 1, 4))).isEqualTo("2026-01-02");
        for (LocalDate day = LocalDate.of(2026, 1, 1); day.getYear() < 2060; day = day.plusDays(1)) {
            assertThat(rates.dateFor(day)).isAfterOrEqualTo(day.minusDays(FxRates.MAX_AGE_DAYS));
        }
    }

    @Test
    void localDatesFollowTheJurisdiction() {
        long instant = java.time.Instant.parse("2026-03-31T22:30:00Z").getEpochSecond();
        assertThat(Jurisdiction.US_CA_LA.localDate(instant)).isEqualTo("2026-03-31");
        assertThat(Jurisdiction.US_NY_NYC.localDate(instant)).isEqualTo("2026-03-31");
        assertThat(Jurisdiction.DE_BE_BER.localDate(instant)).isEqualTo("2026-04-01");
        assertThat(Jurisdiction.ET_AA_ADD.localDate(instant)).isEqualTo("2026-04-01");
        assertThat(Jurisdiction.JP_13_TYO.localDate(instant)).isEqualTo("2026-04-01");
    }

    @Test
    void largestRemaindersGetTheUnitsLeftOver() {
        assertThat(Allocation.byLargestRemainder(100, new long[] {1, 1, 1})).containsExactly(34, 33, 33);
        assertThat(Allocation.byLargestRemainder(10, new long[] {1, 5, 3})).containsExactly(1, 6, 3);
        assertThat(Allocation.byLargestRemainder(0, new long[] {0, 0})).containsExactly(0, 0);
    }

    @Test
    void defaultsGiveFiftyThousandOrdersInNinetyDays() {
        World world = World.of(WorldSettings.defaults());
        assertThat(world.orders().arrivals().before(90 * 24)).isGreaterThanOrEqualTo(50_000);
    }
}
