package dev.galley.ingest.source.rest;

import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.source.CrawlStart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells whether a checkpoint belongs to a crawl: a sum of what leads to its requests. */
final class Fit {
    private static final int SHOWN = 16;

    private Fit() {}

    /** @param declared the resource, and its parents if it has some */
    static String of(URI baseUrl, List<Resource> declared, CrawlStart start) {
        StringBuilder all = new StringBuilder(baseUrl.toString());
        for (Resource resource : declared) {
            all.append('\n')
                    .append(List.of(
                            resource.path(),
                            resource.method(),
                            query(resource),
                            resource.body(),
                            resource.records(),
                            resource.shape(),
                            resource.ifMissing(),
                            resource.pagination(),
                            resource.incremental(),
                            resource.forEach()));
        }
        all.append('\n').append(List.of(start.cursor(), start.since(), start.until()));
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static Map<String, String> query(Resource resource) {
        Map<String, String> values = new TreeMap<>();
        resource.query().forEach((name, value) -> values.put(name, value.json()));
        return values;
    }
}
