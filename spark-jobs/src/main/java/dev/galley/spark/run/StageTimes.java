package dev.galley.spark.run;

import dev.galley.catalog.run.RunReport;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What each stage took, in the order they ran. */
final class StageTimes {
    private final List<RunReport.Stage> stages = new ArrayList<>();

    <T> T time(String stage, Supplier<T> work) {
        long start = System.nanoTime();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        try {
            return work.get();
        } finally {
            long bytes = heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
            stages.add(new RunReport.Stage(stage, seconds(start), bytes >> 20));
        }
    }

    private static Stream<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    List<RunReport.Stage> stages() {
        return List.copyOf(stages);
    }

    /** Seconds since {@code start}, which is of {@link System#nanoTime}; to the millisecond. */
    static double seconds(long start) {
        return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
    }
}
