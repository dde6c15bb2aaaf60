package dev.galley.bookstore.world.tax;

import dev.galley.bookstore.world.chance.Instants;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place with one set of tax rules. {@code share} is its part of the customers, in percent. */
public enum Jurisdiction {
    US_CA_LA("US-CA-LA", "Los Angeles", Country.US, "US-CA", "Los Angeles", "America/Los_Angeles", false, 14),
    US_CA_SF("US-CA-SF", "San Francisco", Country.US, "US-CA", "San Francisco", "America/Los_Angeles", false, 9),
    US_CA_OTHER("US-CA-OTHER", "California elsewhere", Country.US, "US-CA", null, "America/Los_Angeles", false, 9),
    US_NY_NYC("US-NY-NYC", "New York City", Country.US, "US-NY", "New York", "America/New_York", true, 20),
    US_OR_PDX("US-OR-PDX", "Portland", Country.US, "US-OR", "Portland", "America/Los_Angeles", false, 6),
    US_MT_BIL("US-MT-BIL", "Billings", Country.US, "US-MT", "Billings", "America/Denver", false, 3),
    DE_BE_BER("DE-BE-BER", "Berlin", Country.DE, "DE-BE", "Berlin", "Europe/Berlin", true, 18),
    JP_13_TYO("JP-13-TYO", "Tokyo", Country.JP, "JP-13", "Tokyo", "Asia/Tokyo", true, 14),
    ET_AA_ADD("ET-AA-ADD", "Addis Ababa", Country.ET, "ET-AA", "Addis Ababa", "Africa/Addis_Ababa", true, 7);

    private static final Jurisdiction[] BY_PERCENT = byPercent();

    private final String id;
    private final String title;
    private final Country country;
    private final String region;
    private final @Nullable String city;
    private final ZoneId zone;
    private final boolean shippingTaxed;
    private final int share;

    Jurisdiction(
            String id,
            String title,
            Country country,
            String region,
            @Nullable String city,
            String zone,
            boolean shippingTaxed,
            int share) {
        this.id = id;
        this.title = title;
        this.country = country;
        this.region = region;
        this.city = city;
        this.zone = ZoneId.of(zone);
        this.shippingTaxed = shippingTaxed;
        this.share = share;
    }

    /** The one in which this percentile (0..99) of the customers lives. */
    public static Jurisdiction ofPercentile(int percentile) {
        return BY_PERCENT[percentile];
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public Country country() {
        return country;
    }

    public Currency currency() {
        return country.currency();
    }

    /** ISO 3166-2. */
    public String region() {
        return region;
    }

    /** Empty: all of the region that is in no other jurisdiction. */
    public Optional<String> city() {
        return Optional.ofNullable(city);
    }

    public ZoneId zone() {
        return zone;
    }

    public boolean shippingTaxed() {
        return shippingTaxed;
    }

    public LocalDate localDate(long epochSecond) {
        long offset =
                zone.getRules().getOffset(Instant.ofEpochSecond(epochSecond)).getTotalSeconds();
        return Instants.utcDate(epochSecond + offset);
    }

    private static Jurisdiction[] byPercent() {
        Jurisdiction[] table = new Jurisdiction[100];
        int next = 0;
        for (Jurisdiction jurisdiction : values()) {
            for (int i = 0; i < jurisdiction.share; i++) {
                table[next++] = jurisdiction;
            }
        }
        return table;
    }
}
