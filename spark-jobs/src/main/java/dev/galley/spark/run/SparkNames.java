package dev.galley.spark.run;

import dev.galley.spec.TableName;

/** Table names as Spark's parser takes them. */
final class SparkNames {
    private SparkNames() {}

    static String of(TableName table) {
        return "galley.`" + table.namespace() + "`.`" + table.name() + "`";
    }
}
