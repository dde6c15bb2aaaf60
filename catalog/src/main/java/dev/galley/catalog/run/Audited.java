package dev.galley.catalog.run;

import dev.galley.spec.TableName;
import java.util.OptionalLong;

/**
 * A table as it was audited: publishing makes exactly this its {@code main}.
 *
 * @param forkedAt {@link Fork#forkedAt}
 * @param snapshotId the head of the audit branch when it was audited
 */
public record Audited(TableName table, OptionalLong forkedAt, long snapshotId) {}
