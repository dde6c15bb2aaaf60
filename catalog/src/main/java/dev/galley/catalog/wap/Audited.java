package dev.galley.catalog.wap;

import dev.galley.definition.table.TableName;
import java.util.OptionalLong;

/**
 * A table as it was audited: publishing makes exactly this its {@code main}.
 *
 * @param forkedAt {@link Fork#forkedAt}
 * @param snapshotId the head of the audit branch when it was audited
 */
public record Audited(TableName table, OptionalLong forkedAt, long snapshotId) {}
