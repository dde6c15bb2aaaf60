package dev.galley.spark.plan;

import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.PrintedDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether a table's file still is the one that its rows were computed by. */
public final class ModelHash {
    private ModelHash() {}

    /** Sixteen hex digits of the table's {@link PipelineTable#definition}. */
    public static String of(PipelineTable table) {
        return hex(table.definition().toString());
    }

    /** Whether a hash that was kept is this table's, as it is taken now or as it was before there were definitions. */
    public static boolean isOf(String kept, PipelineTable table) {
        return kept.equals(of(table))
                || PrintedDefinition.of(table)
                        .map(ModelHash::hex)
                        .filter(kept::equals)
                        .isPresent();
    }

    private static String hex(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
