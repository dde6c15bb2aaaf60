package dev.galley.spark.bronze;

import static dev.galley.spark.bronze.LandedFiles.contract;
import static dev.galley.spark.bronze.LandedFiles.dataset;
import static dev.galley.spark.bronze.LandedFiles.envelope;
import static dev.galley.spark.bronze.LandedFiles.reasons;
import static dev.galley.spark.bronze.LandedFiles.rows;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.Contract;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/** What fits is kept to the last digit. */
class ExactValuesTest {
    private static final int RANDOM_RECORDS = 3_000;
    private static final int WILD_RECORDS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void keepsDecimalsHoweverTheyAreWritten() {
        List<Row> rows = rows(
                folder,
                contract("d: decimal(18,2)"),
                "{\"d\":10.500}",
                "{\"d\":0}",
                "{\"d\":0.00}",
                "{\"d\":1e2}",
                "{\"d\":105E-1}",
                "{\"d\":-9999999999999999.99}",
                "{\"d\":9999999999999999.990000000000000000000000}",
                "{\"d\":0e999999999}",
                "{\"d\":7}");
        assertThat(rows.stream().map(LandedFiles::reasons)).containsOnly(List.of());
        assertThat(rows.stream().map(row -> row.getDecimal(0).toPlainString()))
                .containsExactly(
                        "10.50",
                        "0.00",
                        "0.00",
                        "100.00",
                        "10.50",
                        "-9999999999999999.99",
                        "9999999999999999.99",
                        "0.00",
                        "7.00");
    }

    @Test
    void keepsTimestampsToTheMicrosecondInEveryOffset() {
        List<byte[]> lines = Stream.of(
                        "2026-03-29T02:30:00.123456+02:00",
                        "2026-03-29t00:30:00.1234560000z",
                        "0001-01-01T00:00:00Z",
                        "9999-12-31T23:59:59.999999Z",
                        "2024-02-29T23:59:59-23:59",
                        "1969-12-31T23:59:59.999999Z")
                .map(text -> envelope("{\"t\":\"" + text + "\"}"))
                .toList();
        List<Row> rows = dataset(folder, contract("t: timestamp"), lines)
                .withColumn("micros", expr("unix_micros(t)"))
                .collectAsList();
        assertThat(rows.stream().map(LandedFiles::reasons)).containsOnly(List.of());
        assertThat(rows.stream()
                        .map(row -> Instant.EPOCH
                                .plus(row.<Long>getAs("micros"), ChronoUnit.MICROS)
                                .toString()))
                .containsExactly(
                        "2026-03-29T00:30:00.123456Z",
                        "2026-03-29T00:30:00.123456Z",
                        "0001-01-01T00:00:00Z",
                        "9999-12-31T23:59:59.999999Z",
                        "2024-03-01T23:58:59Z",
                        "1969-12-31T23:59:59.999999Z");
    }

    @Test
    void keepsNullsEmptiesAndMissingValues() {
        Row row = rows(
                        folder,
                        contract("s: string", "a: array<struct<x: int>>", "o: struct<p: string, q: int>", "gone: int"),
                        "{\"s\":\"\",\"a\":[null,{},{\"x\":null}],\"o\":{\"q\":1}}")
                .get(0);
        assertThat(reasons(row)).isEmpty();
        assertThat(row.getString(0)).isEmpty();
        assertThat(row.getList(1))
                .isEqualTo(Collections.unmodifiableList(new ArrayList<>(
                        Arrays.asList(null, RowFactory.create((Object) null), RowFactory.create((Object) null)))));
        assertThat(row.getStruct(2)).isEqualTo(RowFactory.create(null, 1));
        assertThat(row.isNullAt(3)).isTrue();
    }

    @Test
    void givesBackWhatARandomSourceSaid() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Contract contract = contract(
                "s: string!",
                "b: boolean!",
                "i: int!",
                "l: bigint!",
                "money: decimal(18,2)!",
                "wide: decimal(38,9)!",
                "d: double!",
                "day: date!",
                "at: timestamp!",
                "lines: array<struct<n: int not null, price: decimal(9,4), tags: array<string>>>!");
        List<Object[]> values = new ArrayList<>();
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < RANDOM_RECORDS; i++) {
            Object[] record = record(random);
            values.add(record);
            lines.add(envelope(json(record, random)));
        }
        // java.sql's dates and timestamps count old days by another calendar.
        List<Row> rows = dataset(folder, contract, lines)
                .withColumn("day", expr("unix_date(day)"))
                .withColumn("at", expr("unix_micros(at)"))
                .collectAsList();
        for (int i = 0; i < RANDOM_RECORDS; i++) {
            Row row = rows.get(i);
            assertThat(reasons(row))
                    .as("record %d, seed %d: %s", i, seed, new String(lines.get(i), StandardCharsets.UTF_8))
                    .isEmpty();
            for (int column = 0; column < values.get(i).length; column++) {
                assertThat(row.get(column))
                        .as("record %d, column %d, seed %d", i, column, seed)
                        .isEqualTo(values.get(i)[column]);
            }
        }
    }

    @Test
    void survivesAnyBytesAndKeepsTheirText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < WILD_RECORDS; i++) {
            byte[] line = envelope(json(record(random), random));
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                byte hit = (byte)
                        (random.nextBoolean() ? "{}[]\",:\\0e-.u".charAt(random.nextInt(13)) : random.nextInt(256));
                line[random.nextInt(line.length)] = hit == '\n' ? (byte) ' ' : hit;
            }
            lines.add(line);
        }
        Contract contract = contract(
                "s: string", "wide: decimal(38,9)", "d: double", "at: timestamp!", "lines: array<struct<n: int>>");
        List<Row> rows = rows(folder, contract, lines);
        assertThat(rows).as("seed %d", seed).hasSize(WILD_RECORDS);
        for (Row row : rows) {
            assertThat(row.isNullAt(row.fieldIndex("_errors")))
                    .as("line %d, seed %d", row.<Long>getAs("_line"), seed)
                    .isEqualTo(row.isNullAt(row.fieldIndex("_text")));
        }
        assertThat(rows).as("seed %d", seed).anyMatch(row -> !reasons(row).isEmpty());
    }

    private static Object[] record(Random random) {
        List<Row> lines = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            List<Object> tags = new ArrayList<>();
            for (int t = random.nextInt(3); t > 0; t--) {
                tags.add(text(random));
            }
            lines.add(RowFactory.create(random.nextInt(), decimal(random, 9, 4), JavaConverters.asScalaBuffer(tags)));
        }
        return new Object[] {
            text(random),
            random.nextBoolean(),
            random.nextInt(),
            random.nextLong() >> random.nextInt(64),
            decimal(random, 18, 2),
            decimal(random, 38, 9),
            real(random),
            random.nextInt(-700_000, 2_900_000),
            random.nextLong(-62_135_596_800_000_000L, 253_402_300_799_999_999L),
            JavaConverters.asScalaBuffer(lines)
        };
    }

    private static double real(Random random) {
        while (true) {
            double value = random.nextBoolean() ? random.nextGaussian() : Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                return value;
            }
        }
    }

    private static BigDecimal decimal(Random random, int precision, int scale) {
        BigInteger bound = BigInteger.TEN.pow(random.nextInt(precision) + 1);
        BigInteger unscaled = new BigInteger(bound.bitLength(), random).mod(bound);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(20); n > 0; n--) {
            int point = random.nextInt(3) == 0 ? random.nextInt(0x110000) : random.nextInt(128);
            text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? '?' : point);
        }
        return text.toString();
    }

    private static String json(Object[] values, Random random) {
        StringBuilder lines = new StringBuilder();
        for (Object element : JavaConverters.seqAsJavaList((scala.collection.Seq<?>) values[9])) {
            Row line = (Row) element;
            List<String> tags = line.<Object>getList(2).stream()
                    .map(tag -> quoted((String) tag, random))
                    .toList();
            lines.append(lines.length() == 0 ? "" : ",")
                    .append("{\"price\":" + written(line.getDecimal(1), random) + ",\"n\":" + line.getInt(0)
                            + ",\"tags\":" + tags + "}");
        }
        List<String> fields = new ArrayList<>(List.of(
                "\"s\":" + quoted((String) values[0], random),
                "\"b\":" + values[1],
                "\"i\":" + values[2],
                "\"l\":" + values[3],
                "\"money\":" + written((BigDecimal) values[4], random),
                "\"wide\":" + written((BigDecimal) values[5], random),
                "\"d\":" + exact((double) values[6]),
                "\"day\":\"" + LocalDate.ofEpochDay((int) values[7]) + '"',
                "\"at\":\"" + written(Instant.EPOCH.plus((long) values[8], ChronoUnit.MICROS), random) + '"',
                "\"lines\":[" + lines + "]"));
        Collections.shuffle(fields, random);
        return "{" + String.join(random.nextBoolean() ? "," : " ,\t ", fields) + "}";
    }

    /** The 17 digits that name the double nearest to them. */
    private static String exact(double value) {
        return value == 0
                ? Double.toString(value)
                : new BigDecimal(value).round(new MathContext(17)).toString();
    }

    private static String written(BigDecimal value, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> value.setScale(value.scale() + random.nextInt(5)).toPlainString();
            case 1 -> value.stripTrailingZeros().toString();
            case 2 -> value.signum() == 0 ? "0" : value.unscaledValue() + "e-" + value.scale();
            default -> value.toPlainString();
        };
    }

    private static String written(Instant at, Random random) {
        boolean atTheEnds =
                at.isBefore(Instant.parse("0001-01-03T00:00:00Z")) || at.isAfter(Instant.parse("9999-12-29T00:00:00Z"));
        if (atTheEnds || random.nextBoolean()) {
            return at.toString();
        }
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60) * 60);
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx");
        return format.format(OffsetDateTime.ofInstant(at, offset));
    }

    private static String quoted(String text, Random random) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean whole = !Character.isSurrogate(c);
            if (c < 0x20 || c == '"' || c == '\\' || (whole && random.nextInt(10) == 0)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
