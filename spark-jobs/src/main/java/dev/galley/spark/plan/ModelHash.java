package dev.galley.spark.plan;

import dev.galley.spec.ModelTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether a model still is the one that wrote its table. */
public final class ModelHash {
    private ModelHash() {}

    /** Sixteen hex digits of what decides the rows: the SELECT without its outer blanks, how it is written, what it looks at. */
    public static String of(ModelTable model) {
        return of(model.sql().strip() + "\n" + model.write() + "\n" + model.incremental());
    }

    /** Sixteen hex digits of a text that decides the rows. */
    public static String of(String decisive) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(decisive.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
