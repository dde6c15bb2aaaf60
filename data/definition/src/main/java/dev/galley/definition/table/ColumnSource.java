package dev.galley.definition.table;

import java.util.Optional;

/**
 * How a value stands in its source, where that is not how a contract has it by itself.
 *
 * @param field the field's name in the source, or a JSON pointer to it ({@code /customer/id}); absent: the column's name
 * @param format see {@link ValueFormat}
 * @param zone of texts that name none
 * @param words what a boolean is said with
 */
public record ColumnSource(
        Optional<String> field, Optional<String> format, Optional<String> zone, Optional<ValueFormat.Words> words) {
    /** As a contract has it by itself. */
    public static final ColumnSource PLAIN =
            new ColumnSource(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether anything is said of how the value is written. */
    public boolean declaresFormat() {
        return format.isPresent() || zone.isPresent() || words.isPresent();
    }

    CanonicalDefinition in(CanonicalDefinition definition) {
        words.ifPresent(said -> definition.with(
                "format", new CanonicalDefinition().with("true", said.yes()).with("false", said.no())));
        return definition.with("field", field).with("format", format).with("zone", zone);
    }
}
