package dev.galley.bookstore.world.chance;

import java.util.OptionalLong;

/**
 * Opaque ids of one entity: a bijection between indexes below 2^40 and texts like {@code ord_3k9x0a7m}, so that ids are
 * unique and found again without any memory. Numbers order as their texts do.
 */
public record EntityIds(String prefix, long key) {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int HALF_BITS = 20;
    private static final long HALF = (1L << HALF_BITS) - 1;
    private static final int LETTERS = 8;
    private static final int ROUNDS = 4;

    public static EntityIds of(String prefix, SeededRandom random) {
        return new EntityIds(prefix, random.of(SeededRandom.Purpose.ID).roll(prefix.hashCode(), 0));
    }

    /** The scrambled index. */
    public long number(long index) {
        long left = index >>> HALF_BITS;
        long right = index & HALF;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ scramble(right, round);
            left = right;
            right = next;
        }
        return left << HALF_BITS | right;
    }

    long index(long number) {
        long left = number >>> HALF_BITS;
        long right = number & HALF;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            long previous = right ^ scramble(left, round);
            right = left;
            left = previous;
        }
        return left << HALF_BITS | right;
    }

    public String text(long index) {
        return textOfNumber(number(index));
    }

    String textOfNumber(long number) {
        char[] letters = new char[prefix.length() + LETTERS];
        prefix.getChars(0, prefix.length(), letters, 0);
        for (int i = 0; i < LETTERS; i++) {
            letters[prefix.length() + i] = ALPHABET.charAt((int) (number >>> (5 * (LETTERS - 1 - i))) & 31);
        }
        return new String(letters);
    }

    /** Empty if the text is no id of this entity. */
    public OptionalLong numberOf(String text) {
        if (text.length() != prefix.length() + LETTERS || !text.startsWith(prefix)) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = prefix.length(); i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return OptionalLong.empty();
            }
            number = number << 5 | digit;
        }
        return OptionalLong.of(number);
    }

    public OptionalLong indexOf(String text) {
        OptionalLong number = numberOf(text);
        return number.isPresent() ? OptionalLong.of(index(number.getAsLong())) : number;
    }

    private long scramble(long half, int round) {
        return SeededRandom.mix(key + half * 8 + round) & HALF;
    }
}
