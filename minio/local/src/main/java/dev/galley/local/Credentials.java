package dev.galley.local;

import dev.galley.definition.yaml.Secret;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;

/** What a client of a local store logs in with. */
public record Credentials(String accessKey, Secret secretKey) {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    static Credentials random() {
        return random("galley" + text(new SecureRandom(), 14));
    }

    static Credentials random(String accessKey) {
        return new Credentials(accessKey, new Secret(text(new SecureRandom(), 40)));
    }

    /** @throws IllegalArgumentException if these are not the two lines of {@link #lines} */
    static Credentials of(List<String> lines) {
        if (lines.size() != 2 || lines.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("it must hold two lines: access key, secret key");
        }
        return new Credentials(lines.get(0).strip(), new Secret(lines.get(1).strip()));
    }

    String lines() {
        return accessKey + "\n" + secretKey.reveal() + "\n";
    }

    private static String text(SecureRandom random, int length) {
        return random.ints(length, 0, LETTERS.length())
                .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                .collect(Collectors.joining());
    }
}
