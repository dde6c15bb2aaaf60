package dev.galley.bookstore.list;

import java.util.Map;
import java.util.Optional;

/** A request that is answered with an RFC 9457 problem. */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient Map<String, String> headers;

    private HttpProblem(int status, String title, String detail, Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.title = title;
        this.headers = Map.copyOf(headers);
    }

    public static HttpProblem badRequest(String detail) {
        return new HttpProblem(400, "Bad request", detail, Map.of());
    }

    public static HttpProblem forbidden(String detail) {
        return new HttpProblem(403, "Forbidden", detail, Map.of());
    }

    public static HttpProblem notFound(String detail) {
        return new HttpProblem(404, "Not found", detail, Map.of());
    }

    /** {@code challenge} says how to come in. */
    public static HttpProblem unauthorized(String detail, String challenge) {
        return new HttpProblem(401, "Unauthorized", detail, Map.of("WWW-Authenticate", challenge));
    }

    public static HttpProblem invalidToken() {
        return unauthorized("the access token is missing, wrong or expired", "Bearer error=\"invalid_token\"");
    }

    /** Without a word on when to come again if {@code retryAfter} is empty. */
    public static HttpProblem tooManyRequests(Optional<String> retryAfter) {
        return new HttpProblem(429, "Too many requests", "Slow down; see Retry-After", headers(retryAfter));
    }

    /** For now, or for good where the status says so. */
    public static HttpProblem unavailable(int status, Optional<String> retryAfter) {
        String title = status >= 500 ? "Service unavailable" : "Refused";
        return new HttpProblem(status, title, "Try again; see Retry-After", headers(retryAfter));
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
