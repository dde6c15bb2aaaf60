package dev.galley.definition.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that a mistyped one most likely means. */
public final class NearestWord {
    private NearestWord() {}

    /** Absent if no word is near: more than a third of the letters differ. */
    public static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparing((String k) -> distance(word, k)).thenComparing(k -> k))
                .filter(k -> distance(word, k) <= Math.max(1, Math.max(word.length(), k.length()) / 3));
    }

    /** {@code ; did you mean "x"?}, or all that is known. */
    public static String hint(String word, Collection<String> known) {
        return hint(word, known, known.isEmpty() ? "" : "; known here: " + String.join(", ", known));
    }

    /** {@code ; did you mean "x"?}, or {@code otherwise}. */
    public static String hint(String word, Collection<String> known, String otherwise) {
        return to(word, known).map(k -> "; did you mean \"" + k + "\"?").orElse(otherwise);
    }

    /** Letters to insert, delete, replace or swap with their neighbour. */
    static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 20) {
            return Integer.MAX_VALUE;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
