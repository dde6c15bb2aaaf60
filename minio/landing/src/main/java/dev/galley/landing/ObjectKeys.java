package dev.galley.landing;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The grammar of object keys, the same for every store. */
public final class ObjectKeys {
    private static final Pattern BAD = Pattern.compile("^$|^/|/$|//|(^|/)\\.{1,2}(/|$)|\\\\|\\p{Cntrl}");
    private static final int MAX_BYTES = 1024;

    private ObjectKeys() {}

    /**
     * Returns {@code key} if it is one: segments parted by single slashes, none of them {@code .} or {@code ..}, no
     * backslash, no control character, at most 1,024 bytes in UTF-8.
     *
     * @throws IllegalArgumentException otherwise, naming the key
     */
    public static String checked(String key) {
        if (BAD.matcher(key).find() || key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Cannot use \"" + key + "\" as a key: it must be segments parted by single"
                            + " slashes, without . and .., backslashes and control characters, at most " + MAX_BYTES
                            + " bytes");
        }
        return key;
    }
}
