package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    private static final String SHOPS = "{\"shop\": \"a\", \"town\": \"Ulm\", \"version\": 1}";

    @TempDir
    Path folder;

    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder, LocalLakehouse.resource("shop"));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aFirstRunPublishesEveryTable() {
        house.land("shops", SHOPS);
        house.land("sales", sale("s1", "a", "10.00", 1), sale("s2", "a", "20.50", 1));

        RunOutcome outcome = house.run();

        assertThat(outcome).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows("SELECT * FROM gold.takings")).containsExactly("[2026-03-01,Ulm,30.50]");
    }

    private static String sale(String id, String shop, String amount, int version) {
        return """
                {"sale": "%s", "shop": "%s", "day": "2026-03-01", "amount": %s, "version": %d,
                 "items": [{"no": 1, "goods": "tea"}, {"no": 2, "goods": "cup"}]}""".formatted(id, shop, amount, version);
    }
}
