package dev.galley.catalog;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.ListType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaEvolutionTest {
    private static final Schema FIRST = new Schema(
            required(1, "id", IntegerType.get()),
            optional(2, "amount", DecimalType.of(10, 2)),
            optional(3, "lines", ListType.ofOptional(4, StructType.of(optional(5, "no", IntegerType.get())))));

    @TempDir
    Path folder;

    private GalleyCatalog catalog;
    private Table table;

    @BeforeEach
    void create() {
        catalog = new Lakehouse(folder).open();
        table = catalog.create(TableName.of("silver.t"), FIRST, PartitionSpec.unpartitioned(), Map.of());
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void newColumnsComeLastAndNullableAndTypesWiden() {
        Schema wanted = new Schema(
                required(1, "note", StringType.get()),
                required(2, "id", LongType.get()),
                optional(3, "amount", DecimalType.of(18, 2)),
                optional(
                        4,
                        "lines",
                        ListType.ofOptional(
                                5,
                                StructType.of(
                                        optional(6, "no", LongType.get()), optional(7, "isbn", StringType.get())))));

        assertThat(SchemaEvolution.evolve(table, wanted)).isTrue();

        Schema now = catalog.load(TableName.of("silver.t")).schema();
        assertThat(now.columns()).extracting("name").containsExactly("id", "amount", "lines", "note");
        assertThat(now.findField("note").isOptional()).isTrue();
        assertThat(now.findType("id")).isEqualTo(LongType.get());
        assertThat(now.findType("amount")).isEqualTo(DecimalType.of(18, 2));
        assertThat(now.findType("lines.element.no")).isEqualTo(LongType.get());
        assertThat(now.findType("lines.element.isbn")).isEqualTo(StringType.get());
        assertThat(now.findField("id").fieldId()).isEqualTo(1);
    }

    @Test
    void sameOrNarrowerColumnsChangeNothing() {
        String before = catalog.locations().toString();

        assertThat(SchemaEvolution.evolve(table, FIRST)).isFalse();
        assertThat(SchemaEvolution.evolve(
                        table,
                        new Schema(
                                required(1, "id", IntegerType.get()),
                                optional(2, "amount", DecimalType.of(8, 2)),
                                FIRST.findField("lines"))))
                .isFalse();

        assertThat(catalog.locations()).hasToString(before);
    }

    @Test
    void whatWouldLoseSomethingIsRefusedAllAtOnceAndNothingChanges() {
        Schema wanted = new Schema(
                required(1, "id", StringType.get()),
                optional(2, "added", StringType.get()),
                optional(3, "lines", ListType.ofOptional(4, StructType.of(optional(5, "number", IntegerType.get())))));

        assertThat(SchemaEvolution.losses(table, FIRST)).isEmpty();
        assertThat(SchemaEvolution.losses(table, wanted))
                .containsExactly(
                        "column id would go from int to string",
                        "column amount would go",
                        "column lines.element.no would go");
        assertThatThrownBy(() -> SchemaEvolution.evolve(table, wanted))
                .isInstanceOf(DestructiveChangeException.class)
                .hasMessage("Cannot change the columns of galley.silver.t: column id would go from int to string,"
                        + " column amount would go, column lines.element.no would go; only new columns and wider"
                        + " types come before a publish. Keep the old columns, or give the table another name");

        assertThat(catalog.load(TableName.of("silver.t")).schema().sameSchema(FIRST))
                .isTrue();
    }

    @Test
    void scaleOfADecimalIsNotWidened() {
        Schema wanted = new Schema(
                required(1, "id", IntegerType.get()),
                optional(2, "amount", DecimalType.of(18, 4)),
                FIRST.findField("lines"));

        assertThatThrownBy(() -> SchemaEvolution.evolve(table, wanted))
                .hasMessageContaining("column amount would go from decimal(10, 2) to decimal(18, 4)");
    }

    @Test
    void anotherCommitInBetweenIsNoReasonToFail() {
        Table stale = catalog.load(TableName.of("silver.t"));
        table.updateProperties().set("a", "b").commit();

        assertThat(SchemaEvolution.evolve(
                        stale,
                        new Schema(
                                required(1, "id", LongType.get()),
                                FIRST.findField("amount"),
                                FIRST.findField("lines"))))
                .isTrue();

        Table now = catalog.load(TableName.of("silver.t"));
        assertThat(now.schema().findType("id")).isEqualTo(LongType.get());
        assertThat(now.properties()).containsEntry("a", "b");
    }
}
