package dev.galley.oracle.pipeline;

import java.math.BigDecimal;
import java.util.Arrays;

/** How values compare: numbers by value, NaN above all, both zeros equal; text by its UTF-8. */
public final class ValueOrder {
    private ValueOrder() {}

    static int compare(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return Double.compare(x + 0.0, y + 0.0);
        }
        if (a instanceof Number x && b instanceof Number y) {
            return decimal(x).compareTo(decimal(y));
        }
        if (a instanceof String x && b instanceof String y) {
            return byCodePoint(x, y);
        }
        return comparable(a).compareTo(b);
    }

    /** Versions that are text stand for whole numbers; pipelines declare them so. */
    public static int compareVersions(Object a, Object b) {
        return a instanceof String x && b instanceof String y
                ? Long.compare(Long.parseLong(x), Long.parseLong(y))
                : compare(a, b);
    }

    /** UTF-8 sorts as code points do; Java's own order is by UTF-16. */
    private static int byCodePoint(String x, String y) {
        return Arrays.compare(x.codePoints().toArray(), y.codePoints().toArray());
    }

    private static BigDecimal decimal(Number n) {
        return n instanceof BigDecimal d ? d : new BigDecimal(n.toString());
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> comparable(Object value) {
        return (Comparable<Object>) value;
    }
}
