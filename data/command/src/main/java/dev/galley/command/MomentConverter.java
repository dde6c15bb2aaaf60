package dev.galley.command;

import dev.galley.definition.yaml.DateOrInstant;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An instant as {@code 2026-01-31T12:00:00Z}, or a date, which begins at midnight UTC. */
final class MomentConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        return DateOrInstant.parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is neither a date nor an instant, say 2026-01-31 or 2026-01-31T12:00:00Z"));
    }
}
