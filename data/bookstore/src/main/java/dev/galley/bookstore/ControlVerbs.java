package dev.galley.ingest.local;

import dev.galley.local.LoopbackHttp;
import java.net.URI;

/** The switches of a running bookstore: its virtual clock and its faults. Answers are its own JSON. */
public final class DemoControls {
    private final LoopbackHttp http;

    public DemoControls(URI url) {
        this.http = new LoopbackHttp(url);
    }

    public String clock() {
        return http.call("GET", "/admin/clock", "");
    }

    public String advance(int days) {
        return http.call("POST", "/admin/clock", "{\"advance_days\":" + days + "}");
    }

    public String faults() {
        return http.call("GET", "/admin/faults", "");
    }

    /**
     * Turns a fault on.
     *
     * @param settings a JSON object, possibly empty
     */
    public String breakIt(String fault, String settings) {
        return http.call("PUT", "/admin/faults/" + fault, settings);
    }

    /** Turns all faults off. */
    public String heal() {
        return http.call("DELETE", "/admin/faults", "");
    }
}
