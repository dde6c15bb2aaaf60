package dev.galley.ingest.source.rest.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/** Kinds of IP addresses. */
final class AddressPolicy {
    /** Where clouds serve their credentials, beside the link-local 169.254.169.254. */
    private static final Set<String> METADATA = Set.of("100.100.100.200", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254");

    private AddressPolicy() {}

    /** No source has this address: link-local, where clouds serve credentials, or no single machine. */
    static boolean isForbidden(InetAddress address) {
        InetAddress real = unwrapped(address);
        return real.isLinkLocalAddress()
                || real.isMulticastAddress()
                || real.isAnyLocalAddress()
                || METADATA.contains(real.getHostAddress());
    }

    /** Of this machine or its own network, not of the internet. */
    static boolean isInner(InetAddress address) {
        InetAddress real = unwrapped(address);
        byte[] bytes = real.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
        boolean carrier = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
        return real.isLoopbackAddress() || real.isSiteLocalAddress() || uniqueLocal || carrier;
    }

    /** The IPv4 address that an IPv6 address of a gateway stands for (NAT64, 6to4, IPv4-compatible). */
    private static InetAddress unwrapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return address;
        }
        byte[] head = Arrays.copyOf(bytes, 12);
        byte[] nat64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};
        boolean compatible = Arrays.equals(head, new byte[12]) && bytes[12] != 0;
        if (compatible || Arrays.equals(head, nat64)) {
            return v4(Arrays.copyOfRange(bytes, 12, 16), address);
        } else if (bytes[0] == 0x20 && bytes[1] == 2) {
            return v4(Arrays.copyOfRange(bytes, 2, 6), address);
        }
        return address;
    }

    private static InetAddress v4(byte[] bytes, InetAddress otherwise) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return otherwise;
        }
    }
}
