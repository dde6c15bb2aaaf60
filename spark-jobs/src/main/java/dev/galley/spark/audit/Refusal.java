package dev.galley.spark.audit;

import dev.galley.definition.table.TableName;
import java.time.Instant;

/**
 * What one check refused of one field.
 *
 * @param check what the rows broke: a check of the table by its name, or of a contract the kind of misfit
 * @param field where in the record, {@code lines[].unit_price}; empty if that is not said
 * @param rows refused rows with this reason; a row may have several reasons
 * @param oldest when the first of them was refused
 * @param key the key of one of them; empty if it has none
 * @param example what is wrong with it; values of persons are not shown
 */
public record Refusal(
        TableName table, String check, String field, long rows, Instant oldest, String key, String example) {}
