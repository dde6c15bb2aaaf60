/** Tests on real Iceberg, SQLite and local disk. */
@NullMarked
package dev.galley.catalog.run;

import org.jspecify.annotations.NullMarked;
