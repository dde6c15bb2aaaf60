package dev.galley.bookstore.world.tax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaxBillTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 31);

    private final TaxTable table = new TaxTable();

    @Test
    void losAngelesRoundsEachLine() {
        TaxBill bill = bill(Jurisdiction.US_CA_LA, 499, 1299, 1299, 850);
        assertThat(bill.total()).isEqualTo(337);
        assertThat(bill.line(0)).isEqualTo(127);
        assertThat(bill.line(2)).isEqualTo(83);
        assertThat(bill.base(0)).isEqualTo(3448);
        assertThat(bill.shippingTotal()).isZero();
    }

    @Test
    void losAngelesTaxedLessBeforeApril2025() {
        LocalDate lastDay = LocalDate.of(2025, 3, 31);
        assertThat(table.at(Jurisdiction.US_CA_LA, lastDay).rate()).isEqualTo(95_000);
        assertThat(table.at(Jurisdiction.US_CA_LA, lastDay.plusDays(1)).rate()).isEqualTo(97_500);
    }

    @Test
    void sanFranciscoRoundsEachLine() {
        assertThat(bill(Jurisdiction.US_CA_SF, 0, 525, 525, 525).total()).isEqualTo(135);
    }

    @Test
    void newYorkCityTaxesShippingAsALineOfItsOwn() {
        assertThat(bill(Jurisdiction.US_NY_NYC, 0, 999, 1495, 749).total()).isEqualTo(288);
        TaxBill shipped = bill(Jurisdiction.US_NY_NYC, 499, 999);
        assertThat(shipped.shippingTotal()).isEqualTo(44);
        assertThat(shipped.base(0)).isEqualTo(1498);
        assertThat(shipped.total()).isEqualTo(89 + 44);
    }

    @Test
    void theLastComponentTakesWhatRoundingLeaves() {
        TaxBill bill = bill(Jurisdiction.US_NY_NYC, 0, 999);
        assertThat(bill.line(0, 0)).isEqualTo(40);
        assertThat(bill.line(0, 1)).isEqualTo(45);
        assertThat(bill.line(0, 2)).isEqualTo(4);
        assertThat(bill.line(0)).isEqualTo(89);
    }

    @Test
    void berlinFindsTheNetWithinTheGross() {
        TaxBill bill = bill(Jurisdiction.DE_BE_BER, 0, 1999);
        assertThat(bill.base(0)).isEqualTo(1868);
        assertThat(bill.total()).isEqualTo(131);
    }

    @Test
    void tokyoRoundsDownOncePerOrder() {
        TaxBill bill = bill(Jurisdiction.JP_13_TYO, 0, 1490, 885, 777);
        assertThat(bill.total()).isEqualTo(286);
        assertThat(bill.line(0) + bill.line(1) + bill.line(2)).isEqualTo(286);
        assertThat(bill.base(0)).isEqualTo(3152 - 286);
    }

    @Test
    void addisAbabaTaxesGoodsAndShippingTogether() {
        TaxBill bill = bill(Jurisdiction.ET_AA_ADD, 15_000, 89_500, 45_103);
        assertThat(bill.total()).isEqualTo(22_440);
        assertThat(bill.shippingTotal()).isEqualTo(2_250);
        assertThat(bill.line(0)).isEqualTo(13_425);
        assertThat(bill.line(1)).isEqualTo(6_765);
    }

    @Test
    void addisAbabaExemptedBooksUntilJune2024() {
        TaxPeriod exempt = table.at(Jurisdiction.ET_AA_ADD, LocalDate.of(2024, 6, 19));
        assertThat(exempt.treatment()).isEqualTo(TaxPeriod.Treatment.EXEMPT);
        TaxBill bill = TaxBill.of(exempt, new long[] {10_000}, 0);
        assertThat(bill.total()).isZero();
        assertThat(bill.base(0)).isEqualTo(10_000);
    }

    @Test
    void oregonAndMontanaTaxNothingButShowTheBase() {
        for (Jurisdiction free : new Jurisdiction[] {Jurisdiction.US_OR_PDX, Jurisdiction.US_MT_BIL}) {
            TaxBill bill = bill(free, 499, 1999);
            assertThat(bill.total()).isZero();
            assertThat(bill.base(0)).isEqualTo(1999);
        }
    }

    @Test
    void partsSumToTheWholeAndNoPartIsNegativeWhateverThePrices() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Jurisdiction jurisdiction = Jurisdiction.ofPercentile(random.nextInt(100));
            long[] nets = random.longs(1 + random.nextInt(5), 150, 20_000).toArray();
            TaxBill bill = bill(jurisdiction, random.nextInt(2) * 499L, nets);
            long parts = 0;
            for (int component = 0; component < bill.components().size(); component++) {
                parts += bill.amount(component);
                for (int line = 0; line < nets.length; line++) {
                    assertThat(bill.line(line, component)).as("seed %d", seed).isNotNegative();
                }
            }
            assertThat(parts).as("seed %d", seed).isEqualTo(bill.total());
        }
    }

    private TaxBill bill(Jurisdiction jurisdiction, long shipping, long... nets) {
        return TaxBill.of(table.at(jurisdiction, TODAY), nets, shipping);
    }
}
