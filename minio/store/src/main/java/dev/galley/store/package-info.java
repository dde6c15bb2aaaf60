/**
 * The object store on a server: {@link dev.galley.landing.ObjectStore} on minio-java. The only place that imports
 * {@code io.minio}; knows landing and spec, neither Spark nor Iceberg.
 */
@NullMarked
package dev.galley.store;

import org.jspecify.annotations.NullMarked;
