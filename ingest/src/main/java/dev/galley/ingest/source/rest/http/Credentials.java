package dev.galley.ingest.source.rest.http;

import java.util.Map;

/** What requests carry so that the source knows us. For several threads. */
interface Credentials {
    /**
     * Headers by name.
     *
     * @throws dev.galley.ingest.source.SourceException if they cannot be had
     */
    Map<String, String> headers();

    /** Says that the source refused these headers; whether there may be better ones now. */
    boolean renew(Map<String, String> refused);

    /** The same for ever. */
    static Credentials fixed(Map<String, String> headers) {
        return new Credentials() {
            @Override
            public Map<String, String> headers() {
                return headers;
            }

            @Override
            public boolean renew(Map<String, String> refused) {
                return false;
            }
        };
    }
}
