package dev.galley.ingest.source.rest.json;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** JSON texts as sources write them: odd spacing, odd numbers, any script. */
final class RandomJson {
    private static final String[] SCALARS = {
        "0",
        "-0",
        "10.005",
        "1E+2",
        "1e400",
        "true",
        "null",
        "\"\"",
        "\"a\\\"]}\"",
        "\"አማርኛ\"",
        "\"日本\"",
        "\"\\u005d\"",
        "\"🙂\""
    };
    private static final String[] SPACES = {"", "", " ", "\n", "\r\n\t"};

    private RandomJson() {}

    static String value(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(3);
        return switch (kind) {
            case 1 -> "[" + list(random, () -> value(random, depth - 1)) + space(random) + "]";
            case 2 ->
                "{" + list(random, () -> "\"k\"" + space(random) + ":" + space(random) + value(random, depth - 1))
                        + "}";
            default -> SCALARS[random.nextInt(SCALARS.length)];
        };
    }

    static String space(Random random) {
        return SPACES[random.nextInt(SPACES.length)];
    }

    private static String list(Random random, java.util.function.Supplier<String> item) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> item.get())
                .collect(Collectors.joining("," + space(random)));
    }
}
