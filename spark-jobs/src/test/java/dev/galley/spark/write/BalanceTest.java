package dev.galley.spark.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.spark.SharedSpark;
import dev.galley.spec.Rule;
import dev.galley.spec.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Every row is accounted for, by count and by key, whatever comes in whatever order. */
class BalanceTest {
    private static final int NIGHTS = 4;

    private record Arrival(int key, int version, boolean good, int variant) {
        String values() {
            return "(%d, %d, %s)".formatted(key, version, good ? "'" + content() + "'" : "NULL");
        }

        String content() {
            return key + "-" + version + "-" + variant;
        }
    }

    @RepeatedTest(3)
    void everyRowOfAMergeIsAccountedFor() {
        long seed = seed();
        System.out.println("BalanceTest merge seed: -Dgalley.seed=" + seed);
        Random random = new Random(seed);
        Nights table = new Nights(new Write.Merge(List.of("id"), "v", List.of()), "id INT, v INT, name STRING", "")
                .refusing("name_given", new Rule.NotNull(List.of("name")));
        Map<Integer, Integer> applied = new TreeMap<>();
        Map<Integer, Set<String>> contents = new HashMap<>();
        Set<String> refused = new HashSet<>();

        for (int night = 0; night < NIGHTS; night++) {
            List<Arrival> delta = delta(random);
            long waitedBefore = waiting(refused, applied);
            WriteResult result = table.night(delta.stream().map(Arrival::values).toArray(String[]::new));

            for (Arrival a : delta) {
                if (a.good()) {
                    applied.merge(a.key(), a.version(), Math::max);
                    contents.computeIfAbsent(a.key(), k -> new HashSet<>()).add(a.content());
                } else {
                    refused.add(a.key() + ":" + a.version());
                }
            }
            assertThat(result.counts().delta()).as("delta, seed %d", seed).isEqualTo(delta.size());
            assertThat(result.counts().waiting()).as("waiting, seed %d", seed).isEqualTo(waitedBefore);
            assertThat(result.counts().balanced()).isTrue();
            assertThat(result.counts().quarantined())
                    .as("quarantined, seed %d", seed)
                    .isEqualTo(waiting(refused, applied));
            assertThat(versions(table)).as("by key, seed %d", seed).isEqualTo(applied);
        }
        for (Row row : SharedSpark.session().table(table.name().toString()).collectAsList()) {
            assertThat(contents.get(row.getInt(0))).as("seed %d", seed).contains(row.getString(2));
        }
        assertThat(table.waiting()).hasSize((int) waiting(refused, applied));
    }

    @Test
    void everyVersionOfAGroupIsAccountedFor() {
        long seed = seed();
        System.out.println("BalanceTest groups seed: -Dgalley.seed=" + seed);
        Random random = new Random(seed);
        Nights table = new Nights(
                        new Write.ReplaceGroups(List.of("id"), "v", List.of()),
                        "id INT, v INT, name STRING, line INT",
                        "")
                .refusing("name_given", new Rule.NotNull(List.of("name")));
        Map<Integer, Integer> applied = new TreeMap<>();
        Map<String, Boolean> units = new HashMap<>();

        for (int night = 0; night < NIGHTS; night++) {
            Set<String> versions = new HashSet<>();
            List<String> rows = new ArrayList<>();
            for (Arrival a : delta(random)) {
                String unit = a.key() + ":" + a.version();
                if (versions.add(unit)) {
                    boolean good = units.computeIfAbsent(unit, u -> a.good());
                    int lines = 1 + (a.key() * 7 + a.version()) % 3;
                    for (int line = 1; line <= lines; line++) {
                        String name = good || line > 1 ? "'n'" : "NULL";
                        rows.add("(%d, %d, %s, %d)".formatted(a.key(), a.version(), name, line));
                    }
                    if (good) {
                        applied.merge(a.key(), a.version(), Math::max);
                    }
                }
            }
            WriteResult result = table.night(rows.toArray(String[]::new));

            assertThat(result.counts().delta()).as("delta, seed %d", seed).isEqualTo(versions.size());
            assertThat(result.counts().balanced()).isTrue();
            assertThat(result.counts().quarantined())
                    .as("quarantined, seed %d", seed)
                    .isEqualTo(waiting(
                            units.entrySet().stream()
                                    .filter(e -> !e.getValue())
                                    .map(Map.Entry::getKey)
                                    .collect(Collectors.toSet()),
                            applied));
            assertThat(SharedSpark.sql(
                            "SELECT id, v, count(*), count(DISTINCT line) FROM " + table.name() + " GROUP BY 1, 2"))
                    .as("seed %d", seed)
                    .hasSize(applied.size())
                    .allSatisfy(row -> {
                        int lines = 1 + (row.getInt(0) * 7 + row.getInt(1)) % 3;
                        assertThat(row.getInt(1)).isEqualTo(applied.get(row.getInt(0)));
                        assertThat(row.getLong(2)).isEqualTo(lines).isEqualTo(row.getLong(3));
                    });
        }
    }

    private static long seed() {
        Long given = Long.getLong("galley.seed");
        return given == null ? new Random().nextLong() : given;
    }

    private static List<Arrival> delta(Random random) {
        List<Arrival> delta = new ArrayList<>();
        int rows = random.nextInt(25);
        for (int i = 0; i < rows; i++) {
            delta.add(new Arrival(random.nextInt(6), 1 + random.nextInt(8), random.nextInt(4) > 0, random.nextInt(2)));
        }
        return delta;
    }

    private static long waiting(Set<String> refused, Map<Integer, Integer> applied) {
        return refused.stream()
                .filter(unit -> {
                    String[] parts = unit.split(":", -1);
                    int version = applied.getOrDefault(Integer.valueOf(parts[0]), 0);
                    return Integer.parseInt(parts[1]) > version;
                })
                .count();
    }

    private static Map<Integer, Integer> versions(Nights table) {
        return SharedSpark.session().table(table.name().toString()).collectAsList().stream()
                .collect(Collectors.toMap(r -> r.getInt(0), r -> r.getInt(1), (a, b) -> -1, TreeMap::new));
    }
}
