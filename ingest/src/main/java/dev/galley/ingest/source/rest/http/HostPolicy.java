package dev.galley.ingest.source.rest.http;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.json.Utf8Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/** Where the requests of a source may go, whatever its answers say. For several threads. */
public final class HostPolicy implements Dns {
    /** What the HTTP client takes for an address and does not look up. */
    private static final Pattern LITERAL = Pattern.compile("[\\d.]+|[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    private static final int SHOWN = 100;

    private final HttpUrl base;
    private final Set<String> allowed;
    private final Dns resolver;
    /** Whether a host had an inner address when it was first looked up. */
    private final Map<String, Boolean> inner = new ConcurrentHashMap<>();

    public HostPolicy(HttpUrl base, List<String> allowed, Dns resolver) {
        this.base = base;
        this.allowed = allowed.stream().map(HostPolicy::bare).collect(Collectors.toUnmodifiableSet());
        this.resolver = resolver;
    }

    /** Whether credentials may go there. */
    public boolean isSource(HttpUrl url) {
        return url.scheme().equals(base.scheme()) && url.host().equals(base.host()) && url.port() == base.port();
    }

    /**
     * The address that a source names for its next page.
     *
     * @throws SourceException of kind FOREIGN_LINK unless it is on the source itself or on an allowed host, encrypted if the
     *     source is
     */
    public HttpUrl follow(HttpUrl from, String target) {
        HttpUrl next = from.resolve(target);
        if (next == null) {
            throw new SourceException(
                    Kind.WRONG_SHAPE, "the next page's address is not one: " + Utf8Bytes.shortened(target, SHOWN));
        }
        String said = "the next page is said to be on " + next.scheme() + "://" + next.host() + ":" + next.port();
        if (!isSource(next)) {
            if (base.isHttps() && !next.isHttps()) {
                throw new SourceException(Kind.FOREIGN_LINK, said + ", which is not encrypted, as the source is");
            } else if (!isAllowed(next)) {
                throw new SourceException(
                        Kind.FOREIGN_LINK, said + ", which is not the source; if that is right, see allowed_hosts");
            }
        }
        return next.newBuilder().username("").password("").fragment(null).build();
    }

    private boolean isAllowed(HttpUrl url) {
        boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
        return allowed.contains(url.host() + ":" + url.port()) || (usual && allowed.contains(url.host()));
    }

    /** Judges a host that is an address itself: such a one is never looked up. */
    void check(HttpUrl url) throws UnknownHostException {
        if (LITERAL.matcher(url.host()).matches()) {
            requireFit(url.host(), List.of(InetAddress.getByName(url.host())));
        }
    }

    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        List<InetAddress> addresses = resolver.lookup(hostname);
        requireFit(hostname, addresses);
        return addresses;
    }

    private void requireFit(String host, List<InetAddress> addresses) throws ForbiddenAddressException {
        for (InetAddress address : addresses) {
            if (AddressPolicy.isForbidden(address)) {
                throw new ForbiddenAddressException(
                        host + " has the address " + address.getHostAddress() + ", which no source may have");
            }
        }
        boolean first = inner.computeIfAbsent(host, h -> addresses.stream().allMatch(AddressPolicy::isInner));
        if (!first && addresses.stream().anyMatch(AddressPolicy::isInner)) {
            throw new ForbiddenAddressException(
                    host + " is a host of the internet, but has an address of the inner network now");
        }
    }

    private static String bare(String host) {
        HttpUrl url = HttpUrl.parse("http://" + host);
        if (url == null) {
            throw new IllegalArgumentException("Not a host in allowed_hosts: " + host);
        }
        String port = host.substring(host.lastIndexOf(']') + 1);
        return port.contains(":") ? url.host() + ":" + port.substring(port.indexOf(':') + 1) : url.host();
    }

    /** A host stands for an address that must not be asked. */
    public static final class ForbiddenAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        ForbiddenAddressException(String message) {
            super(message);
        }
    }
}
