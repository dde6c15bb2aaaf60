package dev.galley.spec;

import java.net.URI;
import java.util.Optional;

/** How a source knows us. */
public sealed interface Auth {
    /** No credentials but what the headers hold. */
    record None() implements Auth {}

    /** A key in a header. */
    record ApiKey(String header, Secret value) implements Auth {}

    /** {@code Authorization: Bearer}, a token that does not expire. */
    record Bearer(Secret token) implements Auth {}

    /** OAuth 2 client credentials (RFC 6749, 4.4): tokens are fetched from {@code tokenUrl}. */
    record ClientCredentials(URI tokenUrl, String clientId, Secret clientSecret, Optional<String> scope, SendAs sendAs)
            implements Auth {}

    /** Where id and secret of a client stand in the request for a token. */
    enum SendAs {
        /** In the header {@code Authorization}, as HTTP Basic. */
        BASIC,
        /** In the form. */
        BODY
    }
}
