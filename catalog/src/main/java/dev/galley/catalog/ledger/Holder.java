package dev.galley.catalog.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The process behind a run or a lease.
 *
 * @param host its name, for people
 * @param space where its pid means something: one boot of one machine, one container; empty if that is not known
 * @param started when the process started, since pids are used again
 */
public record Holder(String host, String space, long pid, Instant started) {
    /** The kernel's idea of when it booted moves a little with the clock, and process start times with it. */
    private static final Duration CLOCK_PLAY = Duration.ofSeconds(2);

    /** This process. */
    public static Holder current() {
        ProcessHandle self = ProcessHandle.current();
        return new Holder(
                hostName(), pidSpace(), self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    }

    /** True only if this process could see it and does not: a process elsewhere is never known to be dead. */
    public boolean isKnownDead() {
        if (space.isEmpty() || !space.equals(pidSpace())) {
            return false;
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .filter(start -> Duration.between(start, started).abs().compareTo(CLOCK_PLAY) <= 0)
                .isEmpty();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String pidSpace() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + "/"
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException e) {
            String host = hostName();
            return host.equals("unknown") || host.equals("localhost") ? "" : host;
        }
    }
}
