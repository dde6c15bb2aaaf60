package dev.galley.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a program does with the bucket. Each has a key of its own, which its policy grants that and no more. */
public enum Role {
    /** Lands batches: reads and writes the landing, deletes nothing, sees no table. */
    INGEST("landing"),
    /** Keeps tables: reads and writes the warehouse and deletes there; reads the landing, can reject its batches and expire them. */
    SPARK("warehouse"),
    /** Reads tables, and nothing else. */
    READER("warehouse");

    private final String home;

    Role(String home) {
        this.home = home;
    }

    /** The name of its user and of its policy on a local store. */
    String user() {
        return "galley-" + label();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A key that no object has and that the policy lets it look for. */
    String probe() {
        return home + "/_none";
    }

    /** The policy document for a bucket, as IAM reads it. */
    String policy(String bucket) {
        String resource = "policies/" + label() + ".json";
        try (InputStream in = Role.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Cannot find the resource " + resource + ": build Galley again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("BUCKET", bucket);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + resource + ": " + e.getMessage(), e);
        }
    }
}
