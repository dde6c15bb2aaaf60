package dev.galley.bookstore.world.chance;

/** Deterministic chance: a value depends on the seed, a purpose and an index, and on nothing else. */
public record SeededRandom(long seed) {
    /** What a roll is for; two purposes never see the same roll. */
    public enum Purpose {
        AUTHOR(2),
        BOOK(3),
        CUSTOMER(4),
        ID(5),
        OFFER(6),
        ORDER(7),
        PAYMENT(8),
        RATE(9),
        VENDOR(10),
        CART(11),
        SHIPMENT(12),
        EVENT(13),
        SALESPERSON(14);

        private final long salt;

        Purpose(int number) {
            salt = number * 1_000_000_007L;
        }
    }

    /** The draws for one purpose. */
    public record Draws(long seed, Purpose purpose) {
        /** 64 even bits. {@code draw} tells the rolls of one index apart. */
        public long roll(long index, int draw) {
            return mix(seed ^ mix(index * 0x9E3779B97F4A7C15L + purpose.salt + draw));
        }

        /** From 0 to {@code bound} - 1. */
        public int below(int bound, long index, int draw) {
            return SeededRandom.below(bound, roll(index, draw));
        }
    }

    public Draws of(Purpose purpose) {
        return new Draws(seed, purpose);
    }

    public static int below(int bound, long roll) {
        return (int) (((roll >>> 33) * bound) >>> 31);
    }

    /** A bijection on 64 bits whose output bits all depend on all input bits. */
    public static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
