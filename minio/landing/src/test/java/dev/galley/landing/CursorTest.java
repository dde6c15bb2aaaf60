package dev.galley.landing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorTest {
    private static final String SUM = "ab".repeat(32);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-04-01T00:00:00Z",
                "2026-04-01T00:00:00.120Z",
                "position:7",
                "position:-7",
                "position:x7",
                "position:007",
                "position:",
                "position:\"7\"",
                "position:\"\\\"7\\\"\"",
                "position:\"broken",
                "page 2",
                "sha256:short",
                ""
            })
    void isWrittenAsItWasRead(String text) {
        assertThat(Cursor.parse(text).text()).isEqualTo(text);
    }

    @Test
    void tellsItsKind() {
        assertThat(Cursor.parse("2026-04-01T00:00:00Z"))
                .isEqualTo(new Cursor.Time(Instant.parse("2026-04-01T00:00:00Z")));
        assertThat(Cursor.parse("position:7")).isEqualTo(new Cursor.Position("7", false));
        assertThat(Cursor.parse("position:\"7\"")).isEqualTo(new Cursor.Position("7", true));
        assertThat(Cursor.parse("position:x7")).isEqualTo(new Cursor.Position("x7", true));
        assertThat(Cursor.parse("sha256:" + SUM)).isEqualTo(new Cursor.Digest(SUM, Optional.empty()));
        assertThat(Cursor.parse("sha256:" + SUM + ";etag=W/\"v1\""))
                .isEqualTo(new Cursor.Digest(SUM, Optional.of("W/\"v1\"")));
        assertThat(Cursor.parse("sha256:" + SUM + ";etag=v1")).isInstanceOf(Cursor.Unknown.class);
        assertThat(Cursor.parse("c1")).isEqualTo(new Cursor.Unknown("c1"));
    }
}
