package dev.galley.definition.table;

/** Names of the world as names of columns. */
public final class SnakeCase {
    private SnakeCase() {}

    /**
     * {@code createdAt} as {@code created_at}, {@code HTTPStatus} as {@code http_status}, {@code due-date} as
     * {@code due_date}, {@code id2} as it is: each word of a camel-case name begins after a {@code _}, capitals become small,
     * hyphens and blanks become {@code _}; all else stays.
     */
    public static String of(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isCapital(c)) {
                if (beginsWord(name, i)) {
                    snake.append('_');
                }
                snake.append((char) (c + ('a' - 'A')));
            } else {
                snake.append(c == '-' || c == ' ' ? '_' : c);
            }
        }
        return snake.toString();
    }

    private static boolean beginsWord(String name, int i) {
        if (i == 0) {
            return false;
        }
        char before = name.charAt(i - 1);
        boolean endsCapitals = isCapital(before) && i + 1 < name.length() && isSmall(name.charAt(i + 1));
        return isSmall(before) || (before >= '0' && before <= '9') || endsCapitals;
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isSmall(char c) {
        return c >= 'a' && c <= 'z';
    }
}
