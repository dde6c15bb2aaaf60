package dev.galley.bookstore.world.tax;

import static dev.galley.bookstore.world.tax.TaxPeriod.Treatment.EXEMPT;
import static dev.galley.bookstore.world.tax.TaxPeriod.Treatment.NONE;
import static dev.galley.bookstore.world.tax.TaxPeriod.Treatment.TAXABLE;

import dev.galley.bookstore.world.tax.TaxPeriod.Component;
import dev.galley.bookstore.world.tax.TaxPeriod.Treatment;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every rate, dated. The periods of a jurisdiction neither overlap nor leave a gap. */
public final class TaxTable {
    private static final LocalDate BEGINNING = LocalDate.of(2020, 1, 1);

    private final Map<Jurisdiction, List<TaxPeriod>> periods = new EnumMap<>(Jurisdiction.class);

    public TaxTable() {
        add(Jurisdiction.US_CA_LA, BEGINNING, TAXABLE, component("state", 72_500), component("district", 22_500));
        add(
                Jurisdiction.US_CA_LA,
                LocalDate.of(2025, 4, 1),
                TAXABLE,
                component("state", 72_500),
                component("district", 25_000));
        add(Jurisdiction.US_CA_SF, BEGINNING, TAXABLE, component("state", 72_500), component("district", 13_750));
        add(Jurisdiction.US_CA_OTHER, BEGINNING, TAXABLE, component("state", 60_000), component("local", 12_500));
        add(
                Jurisdiction.US_NY_NYC,
                BEGINNING,
                TAXABLE,
                component("state", 40_000),
                component("city", 45_000),
                component("mctd", 3_750));
        add(Jurisdiction.US_OR_PDX, BEGINNING, NONE, component("none", 0));
        add(Jurisdiction.US_MT_BIL, BEGINNING, NONE, component("none", 0));
        add(Jurisdiction.DE_BE_BER, BEGINNING, TAXABLE, component("mwst", 70_000));
        add(Jurisdiction.JP_13_TYO, BEGINNING, TAXABLE, component("ct", 100_000));
        // An assumption: whether books were exempt before, and are taxed since, could not be verified.
        add(Jurisdiction.ET_AA_ADD, BEGINNING, EXEMPT, component("vat", 0));
        add(Jurisdiction.ET_AA_ADD, LocalDate.of(2024, 6, 20), TAXABLE, component("vat", 150_000));
    }

    /** In the order of their beginning, jurisdiction by jurisdiction. */
    public List<TaxPeriod> all() {
        return periods.values().stream().flatMap(List::stream).toList();
    }

    public TaxPeriod at(Jurisdiction jurisdiction, LocalDate localDate) {
        for (TaxPeriod period : of(jurisdiction)) {
            if (period.covers(localDate)) {
                return period;
            }
        }
        throw new IllegalArgumentException(
                "Cannot tax an order of " + localDate + " in " + jurisdiction.id() + ": rates begin on " + BEGINNING);
    }

    private List<TaxPeriod> of(Jurisdiction jurisdiction) {
        return periods.getOrDefault(jurisdiction, List.of());
    }

    private void add(Jurisdiction jurisdiction, LocalDate from, Treatment treatment, Component... components) {
        List<TaxPeriod> earlier = new ArrayList<>(of(jurisdiction));
        if (!earlier.isEmpty()) {
            TaxPeriod last = earlier.remove(earlier.size() - 1);
            earlier.add(
                    new TaxPeriod(jurisdiction, last.from(), Optional.of(from), last.treatment(), last.components()));
        }
        earlier.add(new TaxPeriod(jurisdiction, from, Optional.empty(), treatment, List.of(components)));
        periods.put(jurisdiction, List.copyOf(earlier));
    }

    private static Component component(String name, long rate) {
        return new Component(name, rate);
    }
}
