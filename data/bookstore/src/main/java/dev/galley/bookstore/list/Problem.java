package dev.galley.bookstore.list;

import java.util.Map;
import java.util.Optional;

/** A request that is answered with an RFC 9457 problem. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient Map<String, String> headers;

    private Problem(int status, String title, String detail, Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.title = title;
        this.headers = Map.copyOf(headers);
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, "Bad request", detail, Map.of());
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, "Forbidden", detail, Map.of());
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail, Map.of());
    }

    static Problem unprocessable(String detail) {
        return new Problem(422, "Unprocessable content", detail, Map.of());
    }

    /** {@code challenge} says how to come in. */
    public static Problem unauthorized(String detail, String challenge) {
        return new Problem(401, "Unauthorized", detail, Map.of("WWW-Authenticate", challenge));
    }

    public static Problem invalidToken() {
        return unauthorized("the access token is missing, wrong or expired", "Bearer error=\"invalid_token\"");
    }

    /** Without a word on when to come again if {@code retryAfter} is empty. */
    public static Problem tooManyRequests(Optional<String> retryAfter) {
        return new Problem(429, "Too many requests", "Slow down; see Retry-After", headers(retryAfter));
    }

    /** For now, or for good where the status says so. */
    public static Problem unavailable(int status, Optional<String> retryAfter) {
        String title = status >= 500 ? "Service unavailable" : "Refused";
        return new Problem(status, title, "Try again; see Retry-After", headers(retryAfter));
    }

    private static Map<String, String> headers(Optional<String> retryAfter) {
        return retryAfter.map(when -> Map.of("Retry-After", when)).orElse(Map.of());
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
