package dev.galley.bookstore.world.tax;

/** Splits a whole amount so that the parts sum to it. */
public final class Allocation {
    private Allocation() {}

    /**
     * In proportion to the weights: floors first, then one unit each to the largest remainders, ties to the earlier
     * weight. Zeros if all weights are 0.
     */
    public static long[] byLargestRemainder(long total, long[] weights) {
        long sum = 0;
        for (long weight : weights) {
            sum += weight;
        }
        long[] parts = new long[weights.length];
        if (sum == 0) {
            return parts;
        }
        long[] remainders = new long[weights.length];
        long left = total;
        for (int i = 0; i < weights.length; i++) {
            parts[i] = total * weights[i] / sum;
            remainders[i] = total * weights[i] % sum;
            left -= parts[i];
        }
        for (; left > 0; left--) {
            int largest = 0;
            for (int i = 1; i < remainders.length; i++) {
                if (remainders[i] > remainders[largest]) {
                    largest = i;
                }
            }
            parts[largest]++;
            remainders[largest] = -1;
        }
        return parts;
    }
}
