package dev.galley.ingest.source.rest;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/** Resolves names, but never to a link-local address: clouds serve their credentials there. */
final class GuardedDns implements Dns {
    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        List<InetAddress> addresses = Dns.SYSTEM.lookup(hostname);
        for (InetAddress address : addresses) {
            if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) {
                throw new UnknownHostException(
                        hostname + " resolves to " + address.getHostAddress() + ", which no source may have");
            }
        }
        return addresses;
    }
}
