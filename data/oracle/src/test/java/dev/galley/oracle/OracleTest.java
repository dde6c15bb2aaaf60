package dev.galley.oracle;

import org.junit.jupiter.api.Test;

class OracleTest {
    @Test
    void aSeedMakesTheSameHistory() {
        org.assertj.core.api.Assertions.assertThat(Generator.of(7)).isEqualTo(Generator.of(7));
    }
}
