package dev.galley.definition.table;

import dev.galley.definition.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern for dates or instants in the letters of Java's {@link DateTimeFormatter}, read strictly: the 30th of February is
 * none, and a local time that its zone never had, or had twice, is none. Names of months and days are English.
 */
public final class TimePattern {
    private static final String LETTERS =
            "y is the year, M the month, d the day, H the hour, m the minute, s the second, S its fractions, X the offset";
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final Pattern YEAR_OF_TWO_DIGITS = Pattern.compile("(?<![yu])(yy|uu)(?![yu])");
    private static final ZoneId SOMEWHERE = ZoneId.of("Asia/Kolkata");
    private static final List<LocalDateTime> SAMPLES = List.of(
            LocalDateTime.of(2026, 11, 30, 13, 0),
            LocalDateTime.of(2024, 2, 29, 0, 0),
            LocalDateTime.of(1999, 1, 1, 9, 0));

    private final String text;
    private final Optional<ZoneId> zone;
    private final DateTimeFormatter formatter;

    private TimePattern(String text, Optional<ZoneId> zone) {
        this.text = text;
        this.zone = zone;
        String letters = QUOTED.matcher(text).replaceAll("");
        if (YEAR_OF_TWO_DIGITS.matcher(letters).find()) {
            throw new IllegalArgumentException(
                    "%s: a year of two digits does not say which century; read the column as a string, and say it in a model"
                            .formatted(YamlNode.quoted(text)));
        }
        if (letters.matches(".*[zv].*")) {
            throw new IllegalArgumentException(
                    "%s: abbreviated names of zones are not unique; X reads Z and offsets, VV names like Europe/Berlin"
                            .formatted(YamlNode.quoted(text)));
        }
        try {
            this.formatter = DateTimeFormatter.ofPattern(proleptic(text), Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s is no pattern of dates and times (%s); %s"
                            .formatted(YamlNode.quoted(text), e.getMessage(), LETTERS),
                    e);
        }
    }

    /** A pattern of days; {@link IllegalArgumentException} with the reason, for the author, if it names none. */
    static TimePattern ofDate(String text, Optional<ZoneId> zone) {
        TimePattern pattern = new TimePattern(text, zone);
        if (zone.isPresent()) {
            throw new IllegalArgumentException("a date has no zone");
        }
        pattern.requireSaying(
                "one day", sample -> pattern.date(pattern.written(sample)).equals(sample.toLocalDate()));
        return pattern;
    }

    /** A pattern of instants; {@link IllegalArgumentException} with the reason, for the author, if it names none. */
    static TimePattern ofTime(String text, Optional<ZoneId> zone) {
        TimePattern pattern = new TimePattern(text, zone);
        boolean namesZone = QUOTED.matcher(text).replaceAll("").matches(".*[XxZOV].*");
        if (!namesZone && zone.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s names no zone: add X if the texts have one (Z or an offset), or declare it, \"zone: UTC\""
                            .formatted(YamlNode.quoted(text)));
        }
        if (namesZone && zone.isPresent()) {
            throw new IllegalArgumentException(
                    "%s reads the zone from the text; remove that letter or \"zone\"".formatted(YamlNode.quoted(text)));
        }
        pattern.requireSaying(
                "one moment", sample -> pattern.instant(pattern.written(sample)).equals(sample.toInstant()));
        return pattern;
    }

    /** The day that a text says; {@link DateTimeException} if it says none. */
    public LocalDate date(String given) {
        return LocalDate.from(formatter.parse(given));
    }

    /** The instant that a text says; {@link DateTimeException} if it says none. */
    public Instant instant(String given) {
        TemporalAccessor parsed = formatter.parse(given);
        LocalDateTime local = LocalDateTime.from(parsed);
        if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
            return local.toInstant(ZoneOffset.from(parsed));
        }
        ZoneId named = parsed.query(TemporalQueries.zone());
        return at(local, named != null ? named : zone.orElseThrow(() -> new DateTimeException("it names no zone")));
    }

    /** The instant when it was {@code local} in a zone; {@link DateTimeException} if it never was, or twice. */
    public static Instant at(LocalDateTime local, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() != 1) {
            throw new DateTimeException(
                    offsets.isEmpty()
                            ? "the clocks of " + zone + " skipped it"
                            : "the clocks of " + zone + " showed it twice");
        }
        return local.toInstant(offsets.get(0));
    }

    /** The pattern as declared. */
    @Override
    public String toString() {
        return text;
    }

    private interface Trial {
        boolean holds(ZonedDateTime sample);
    }

    private void requireSaying(String what, Trial trial) {
        String letters = QUOTED.matcher(text).replaceAll("");
        if (letters.contains("D") && letters.contains("M")) { // the day of the year, where that of the month is meant
            throw unsure(what);
        }
        for (LocalDateTime sample : SAMPLES) {
            boolean says;
            try {
                says = trial.holds(sample.atZone(zone.orElse(SOMEWHERE)));
            } catch (DateTimeException e) {
                says = false;
            }
            if (!says) {
                throw unsure(what);
            }
        }
    }

    private IllegalArgumentException unsure(String what) {
        return new IllegalArgumentException(
                "%s does not say %s for sure; %s".formatted(YamlNode.quoted(text), what, LETTERS));
    }

    private String written(ZonedDateTime sample) {
        return formatter.format(sample);
    }

    /** A strict formatter asks for an era beside y, and for none beside u. */
    private static String proleptic(String text) {
        StringBuilder pattern = new StringBuilder(text);
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '\'';
            if (!quoted && text.charAt(i) == 'y') {
                pattern.setCharAt(i, 'u');
            }
        }
        return pattern.toString();
    }
}
