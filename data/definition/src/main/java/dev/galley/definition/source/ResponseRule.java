package dev.galley.definition.source;

import java.util.List;
import java.util.Optional;

/**
 * What to do about an answer.
 *
 * @param statuses the rule fits these
 * @param pointer JSON pointer to a value that must be in the body and not be null
 * @param pattern a regular expression that must be found in that value, or without a pointer in the beginning of the body
 */
public record ResponseRule(List<Integer> statuses, Optional<String> pointer, Optional<String> pattern, Action action) {
    public ResponseRule {
        statuses = List.copyOf(statuses);
    }

    public enum Action {
        /** The answer counts as a last page without records. */
        IGNORE,
        /** Tried again, as often as after other failures that may pass. */
        RETRY,
        /** The crawl fails at once. */
        FAIL
    }
}
