package dev.galley.local;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to an S3 server as AWS Signature Version 4 has it. Paths and queries are sent encoded as they are given. */
final class RequestSigner {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String SIGNED = "host;x-amz-content-sha256;x-amz-date";

    private final Credentials key;

    RequestSigner(Credentials key) {
        this.key = key;
    }

    /** The headers that a request needs. */
    Map<String, String> sign(String method, URI url, byte[] body) {
        String time = TIME.format(Instant.now());
        String day = time.substring(0, 8);
        String scope = day + "/" + RunningStore.REGION + "/s3/aws4_request";
        String digest = sha256(body);
        String request = String.join(
                "\n",
                method,
                url.getRawPath(),
                query(url),
                "host:" + url.getAuthority(),
                "x-amz-content-sha256:" + digest,
                "x-amz-date:" + time,
                "",
                SIGNED,
                digest);
        byte[] signingKey = utf8("AWS4" + key.secretKey().reveal());
        for (String part : new String[] {day, RunningStore.REGION, "s3", "aws4_request"}) {
            signingKey = hmac(signingKey, part);
        }
        String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, sha256(utf8(request)));
        return Map.of(
                "x-amz-date",
                time,
                "x-amz-content-sha256",
                digest,
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + key.accessKey() + "/" + scope + ", SignedHeaders=" + SIGNED
                        + ", Signature=" + HexFormat.of().formatHex(hmac(signingKey, toSign)));
    }

    /** The parameters in their order, each with a value. */
    private static String query(URI url) {
        return Optional.ofNullable(url.getRawQuery()).stream()
                .flatMap(query -> Arrays.stream(query.split("&")))
                .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
