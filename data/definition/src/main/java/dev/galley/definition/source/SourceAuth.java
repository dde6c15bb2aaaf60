package dev.galley.definition.source;

import dev.galley.definition.yaml.Secret;
import java.net.URI;
import java.util.Optional;

/** How a source knows us. */
public sealed interface SourceAuth {
    /** No credentials but what the headers hold. */
    record None() implements SourceAuth {}

    /** A key in a header. */
    record ApiKey(String header, Secret value) implements SourceAuth {}

    /** {@code Authorization: Bearer}, a token that does not expire. */
    record Bearer(Secret token) implements SourceAuth {}

    /** OAuth 2 client credentials (RFC 6749, 4.4): tokens are fetched from {@code tokenUrl}. */
    record ClientCredentials(URI tokenUrl, String clientId, Secret clientSecret, Optional<String> scope, SendAs sendAs)
            implements SourceAuth {}

    /** Where id and secret of a client stand in the request for a token. */
    enum SendAs {
        /** In the header {@code Authorization}, as HTTP Basic. */
        BASIC,
        /** In the form. */
        BODY
    }
}
