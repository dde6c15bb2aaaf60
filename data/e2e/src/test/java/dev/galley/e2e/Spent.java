package dev.galley.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What a process used until it ended.
 *
 * @param cpu other work beside it does not change that
 * @param peakKilobytes the most memory it held at once; 0 where there is no {@code /proc}
 * @param commandLine as last seen; empty where there is no {@code /proc}
 */
record Spent(Duration wall, Duration cpu, long peakKilobytes, List<String> commandLine) {
    private static final int POLL_MILLIS = 10;

    /** Waits for its end, or ends it as {@code kill -9} does when {@code isTime}, given the CPU time it has used. */
    static Spent until(Process process, Predicate<Duration> isTime) throws InterruptedException {
        long start = System.nanoTime();
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        Duration cpu = Duration.ZERO;
        long peak = 0;
        List<String> commandLine = List.of();
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            cpu = process.info().totalCpuDuration().orElse(cpu);
            if (isTime.test(cpu)) {
                process.destroyForcibly();
            }
            try {
                peak = Math.max(peak, peakKilobytes(folder));
                String words = Files.readString(folder.resolve("cmdline")); // of a process that has just ended: none
                commandLine = words.isEmpty() ? commandLine : List.of(words.split("\0", -1));
            } catch (IOException e) {
                // it has ended, or there is no /proc
            }
        }
        return new Spent(Duration.ofNanos(System.nanoTime() - start), cpu, peak, commandLine);
    }

    /** The command line of a JVM as that of this run of {@code galley} was, with another program of spark-jobs' tests. */
    List<String> javaWith(String main, String... arguments) {
        Path jobs = Path.of(System.getProperty("galley.root"), "spark-jobs/target");
        int classPath = commandLine.indexOf("-cp") + 1;
        List<String> command = new ArrayList<>(commandLine.subList(0, classPath));
        command.add(String.join(
                ":",
                commandLine.get(classPath), // first, as the class archive knows it
                jobs.resolve("spark-jobs.jar").toString(),
                jobs.resolve("test-classes").toString()));
        command.add(main);
        command.addAll(List.of(arguments));
        return command;
    }

    private static long peakKilobytes(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
