package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.SeededRandom;
import java.math.BigInteger;
import java.util.OptionalInt;

/** ISBN-13s of the catalogue: a bijection between book numbers and nine-digit bodies after 978. */
public final class Isbn {
    private static final long PREFIX = 978;
    private static final long BODIES = 1_000_000_000L;
    /** Prime to the number of bodies. */
    private static final long STRIDE = 387_420_489L;

    private static final long INVERSE =
            BigInteger.valueOf(STRIDE).modInverse(BigInteger.valueOf(BODIES)).longValueExact();

    private final long offset;

    Isbn(SeededRandom random) {
        offset = random.of(SeededRandom.Purpose.ID).below((int) BODIES, 978, 0);
    }

    String of(int book) {
        String body = Long.toString(PREFIX * BODIES + (book * STRIDE + offset) % BODIES);
        return body + checkDigit(body);
    }

    /** The book of a valid ISBN-13, if its number is below {@code books}. */
    OptionalInt book(String isbn, int books) {
        if (!isbn.matches("978\\d{10}") || checkDigit(isbn.substring(0, 12)) != isbn.charAt(12) - '0') {
            return OptionalInt.empty();
        }
        long body = Long.parseLong(isbn.substring(3, 12));
        long book = Math.floorMod(body - offset, BODIES) * INVERSE % BODIES;
        return book < books ? OptionalInt.of((int) book) : OptionalInt.empty();
    }

    /** Of the first twelve digits. */
    public static int checkDigit(String twelve) {
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (twelve.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return (10 - sum % 10) % 10;
    }
}
