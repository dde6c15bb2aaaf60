package dev.galley.catalog.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells the process behind a run or a lease from all others.
 *
 * @param host its name, for people
 * @param space where its pid means something: one boot of one machine, one container; empty if that is not known
 * @param started when the process started, since pids are used again: on Linux milliseconds from the boot, which no clock that is
 *     set moves; elsewhere, and as older versions noted it, from 1970
 */
record ProcessIdentity(String host, String space, long pid, Instant started) {
    /** Elsewhere start times move a little with the clock. */
    private static final Duration CLOCK_PLAY = Duration.ofSeconds(2);

    /** Of processes; in no version since 2001 is it another. */
    private static final long TICKS_A_SECOND = 100;

    /** Nothing has been up for so long, and no clock is that far back. */
    private static final Instant CLOCK_TIME = Instant.parse("2000-01-01T00:00:00Z");

    /** This process. */
    static ProcessIdentity current() {
        long pid = ProcessHandle.current().pid();
        return new ProcessIdentity(hostName(), pidSpace(), pid, started(pid).orElse(Instant.EPOCH));
    }

    /** Reads the columns of that name. */
    static ProcessIdentity read(ResultSet row) throws SQLException {
        return new ProcessIdentity(
                row.getString("host"),
                row.getString("space"),
                row.getLong("pid"),
                Instant.ofEpochMilli(row.getLong("process_started")));
    }

    /** True only if this process could see it and does not: a process elsewhere is never known to be dead. */
    boolean isKnownDead() {
        return isKnownDead(seesOthers());
    }

    boolean isKnownDead(boolean seesOthers) {
        if (space.isEmpty() || !space.equals(pidSpace())) {
            return false;
        }
        Optional<Instant> now = started(pid);
        if (now.isEmpty()) {
            return seesOthers;
        }
        boolean comparable = now.get().isBefore(CLOCK_TIME) == started.isBefore(CLOCK_TIME);
        return comparable && Duration.between(now.get(), started).abs().compareTo(CLOCK_PLAY) > 0;
    }

    /** Whether processes of other users can be seen here; not where {@code /proc} is mounted with {@code hidepid}. */
    private static boolean seesOthers() {
        return started(1).isPresent();
    }

    /** Empty if there is no such process, or it cannot be seen. */
    private static Optional<Instant> started(long pid) {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(process -> process.info().startInstant());
        }
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The name of the program, in brackets, may hold anything.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            boolean ended = fields[0].equals("Z") || fields[0].equals("X");
            return ended
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochMilli(Long.parseLong(fields[19]) * 1000 / TICKS_A_SECOND));
        } catch (IOException e) {
            return Optional.empty();
        }
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
