package dev.galley.definition.source;

import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.ReferenceResolver;
import dev.galley.definition.yaml.Secret;
import dev.galley.definition.yaml.YamlFields;
import dev.galley.definition.yaml.YamlNode.Scalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a source's file says about credentials: {@code auth} and {@code headers}. */
final class AuthSection {
    /** Headers that hold nothing but secrets. */
    private static final Pattern SECRET_HEADERS =
            Pattern.compile("authorization|cookie|.*(key|token|secret|password|credential|signature).*");

    private final URI baseUrl;

    /** @param baseUrl what a path in {@code token_url} is relative to */
    AuthSection(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    static boolean mayHoldSecret(String header) {
        return SECRET_HEADERS.matcher(header.toLowerCase(Locale.ROOT)).matches();
    }

    SourceAuth read(YamlFields auth) {
        return switch (auth.text("type", "none")) {
            case "api_key" -> new SourceAuth.ApiKey(auth.text("header", "X-API-Key"), secret(auth, "value"));
            case "bearer" -> new SourceAuth.Bearer(secret(auth, "token"));
            case "client_credentials" ->
                new SourceAuth.ClientCredentials(
                        tokenUrl(auth),
                        auth.required("client_id"),
                        secret(auth, "client_secret"),
                        auth.text("scope"),
                        auth.choice("send_as", SourceAuth.SendAs.class, SourceAuth.SendAs.BASIC));
            default -> new SourceAuth.None();
        };
    }

    private static Secret secret(YamlFields auth, String key) {
        Scalar value = (Scalar) auth.node(key).orElseThrow();
        if (!value.secret()) {
            auth.problem(
                    key,
                    "\"%s\" must be a reference, ${env:NAME} or ${file:/path}: files are no place for secrets"
                            .formatted(key));
        }
        requireOneLine(value.text(), auth.line(key), key, auth.problems());
        return new Secret(value.text());
    }

    static void requireOneLine(String value, int line, String name, Problems.OfFile problems) {
        if (value.chars().anyMatch(c -> c < ' ' || c >= 127)) {
            problems.at(line, "\"" + name + "\" must be one line of plain text (ASCII)");
        }
    }

    /** Messages never show the address: it may come from the environment. */
    private URI tokenUrl(YamlFields auth) {
        int line = auth.line("token_url");
        String text = auth.required("token_url");
        if (ReferenceResolver.UNSET.equals(text) || baseUrl.getHost() == null) {
            return baseUrl;
        }
        try {
            URI url = text.startsWith("/") ? baseUrl.resolve(text) : new URI(text);
            if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
                auth.problem(line, "\"token_url\" must be an address like https://host/oauth/token, or a path");
            } else if (!"https".equals(url.getScheme()) && !url.getScheme().equals(baseUrl.getScheme())) {
                auth.problem(line, "\"token_url\" must be https, as \"base_url\" is");
            }
            return url;
        } catch (URISyntaxException | IllegalArgumentException e) {
            auth.problem(line, "\"token_url\" is no URL");
            return baseUrl;
        }
    }
}
