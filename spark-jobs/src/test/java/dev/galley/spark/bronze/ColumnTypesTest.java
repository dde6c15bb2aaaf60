package dev.galley.spark.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.definition.table.Contract;
import dev.galley.definition.yaml.DefinitionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A type of a contract means the same wherever it is read: at validate, in the reader and in the table. */
class ColumnTypesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    /** A type as an author may write it, what it is in Spark and in Iceberg, and a value as received and as read. */
    private record Row(String declared, String spark, String iceberg, String received, String read) {}

    private static final List<Row> ACCEPTED = List.of(
            new Row("boolean", "boolean", "boolean", "true", "true"),
            new Row("int", "int", "int", "-2147483648", "-2147483648"),
            new Row("bigint", "bigint", "long", "9223372036854775807", "9223372036854775807"),
            new Row("double", "double", "double", "0.5", "0.5"),
            new Row("decimal(18,2)", "decimal(18,2)", "decimal(18, 2)", "10.5", "10.50"),
            new Row("decimal(38,38)", "decimal(38,38)", "decimal(38, 38)", "0", "0E-38"),
            new Row("decimal(1,0)", "decimal(1,0)", "decimal(1, 0)", "9", "9"),
            new Row("string", "string", "string", "\"a\"", "\"a\""),
            new Row("date", "date", "date", "\"2024-02-29\"", "\"2024-02-29\""),
            new Row(
                    "timestamp",
                    "timestamp",
                    "timestamptz",
                    "\"2026-01-31T01:00:00+01:00\"",
                    "\"2026-01-31T00:00:00.000Z\""),
            new Row("array<int>", "array<int>", "list<int>", "[1,null]", "[1,null]"),
            new Row("array<array<date>>", "array<array<date>>", "list<list<date>>", "[[]]", "[[]]"),
            new Row("map<string,int>", "map<string,int>", "map<string, int>", "{\"a\":1}", "{\"a\":1}"),
            new Row(
                    "map<string, array<decimal(3,1)>>",
                    "map<string,array<decimal(3,1)>>",
                    "map<string, list<decimal(3, 1)>>",
                    "{\"a\":[1]}",
                    "{\"a\":[1.0]}"),
            new Row("struct<n:int>", "struct<n:int>", "struct<n: optional int>", "{\"n\":1}", "{\"n\":1}"),
            new Row(
                    "struct<Ab_1: string not null, c: struct<d: map<string, struct<e: boolean>>>>",
                    "struct<Ab_1:string,c:struct<d:map<string,struct<e:boolean>>>>",
                    "struct<Ab_1: optional string, c: optional struct<d: optional map<string, struct<e: optional boolean>>>>",
                    "{\"Ab_1\":\"x\",\"c\":{\"d\":{\"k\":{\"e\":true}}}}",
                    "{\"Ab_1\":\"x\",\"c\":{\"d\":{\"k\":{\"e\":true}}}}"),
            new Row("  BigInt ", "bigint", "long", "1", "1"),
            new Row("DECIMAL ( 5 , 02 )", "decimal(5,2)", "decimal(5, 2)", "1", "1.00"),
            new Row("Array< STRING >", "array<string>", "list<string>", "[\"a\"]", "[\"a\"]"),
            new Row(
                    "MAP <String , Struct<a : Int NOT  NULL>>",
                    "map<string,struct<a:int>>",
                    "map<string, struct<a: optional int>>",
                    "{\"k\":{\"a\":1}}",
                    "{\"k\":{\"a\":1}}"));

    @Test
    void anAcceptedTypeMeansTheSameAtValidateInTheReaderAndInTheTable() throws IOException {
        StringBuilder columns = new StringBuilder("columns:\n");
        List<String> received = new ArrayList<>();
        for (int i = 0; i < ACCEPTED.size(); i++) {
            columns.append("  c%d: {type: '%s'}\n".formatted(i, ACCEPTED.get(i).declared()));
            received.add("\"c%d\":%s".formatted(i, ACCEPTED.get(i).received()));
        }
        Contract contract = LandedFiles.declared(folder, columns.toString());

        StructType spark = LandedSchema.bronze(contract);
        Schema iceberg = SparkSchemaUtil.convert(spark);
        String read = LandedFiles.dataset(
                        folder, contract, List.of(LandedFiles.envelope("{" + String.join(",", received) + "}")))
                .toJSON()
                .first();

        JsonNode values = JSON.readTree(read);
        assertThat(values.has("_errors")).as(read).isFalse();
        for (int i = 0; i < ACCEPTED.size(); i++) {
            Row row = ACCEPTED.get(i);
            String column = "c" + i;
            assertThat(contract.columns().get(i).columnType().toString().replace(" not null", ""))
                    .isEqualTo(row.spark());
            assertThat(spark.apply(column).dataType().catalogString()).isEqualTo(row.spark());
            assertThat(iceberg.findType(column).toString().replaceAll("\\b\\d+: ", ""))
                    .isEqualTo(row.iceberg());
            assertThat(read).contains("\"" + column + "\":" + row.read());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "float                      | \"float\" is no type a contract can demand",
                "varchar(10)                | \"varchar\" is no type a contract can demand",
                "strng                      | \"strng\" is no type a contract can demand; did you mean \"string\"?",
                "timestamp_ntz              | \"timestamp_ntz\" is no type a contract can demand",
                "int int                    | the type \"int int\" has \"int\" where nothing more was expected",
                "int not null               | the type \"int not null\" has \"not\" where nothing more was expected",
                "int[]                      | the type \"int[]\" has \"[]\" where a type was expected",
                "decimal                    | the type \"decimal\" has its end where ( was expected",
                "decimal(5)                 | the type \"decimal(5)\" has \")\" where , was expected",
                "decimal(0,0)               | decimal(0,0) must have 1 to 38 digits, and no more of them behind the point",
                "decimal(39,2)              | decimal(39,2) must have 1 to 38 digits, and no more of them behind the point",
                "decimal(5,6)               | decimal(5,6) must have 1 to 38 digits, and no more of them behind the point",
                "decimal(5,-1)              | the type \"decimal(5,-1)\" has \"-1)\" where a type was expected",
                "array                      | the type \"array\" has its end where < was expected",
                "array<>                    | \">\" is no type a contract can demand",
                "array<int                  | the type \"array<int\" has its end where > was expected",
                "array<float>               | \"float\" is no type a contract can demand",
                "map<int, string>           | the type \"map<int, string>\" has \"int\" where string, the only type of a map's keys was expected",
                "map<string>                | the type \"map<string>\" has \">\" where , was expected",
                "struct<>                   | the type \"struct<>\" has \">\" where a field's name was expected",
                "struct<a>                  | the type \"struct<a>\" has \">\" where : was expected",
                "struct<a int>              | the type \"struct<a int>\" has \"int\" where : was expected",
                "struct<a: int not>         | the type \"struct<a: int not>\" has \">\" where null was expected",
                "struct<a: int, A: int>     | the type \"struct<a: int, A: int>\" has the field \"A\" twice, and case does not tell them apart",
                "array<array<array<array<array<array<array<array<array<array<array<int>>>>>>>>>>> | a type nested deeper than 10 levels",
            })
    void aRefusedTypeIsRefusedAtValidateByNameAndCannotBeReadOtherwise(String type, String reason) {
        assertThatThrownBy(() -> LandedFiles.declared(folder, "columns:\n  a: {type: '" + type + "'}\n"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("things.yml:3: Column \"a\": " + reason);

        Contract contract = LandedFiles.contract("a:" + type);
        assertThatThrownBy(() -> LandedSchema.bronze(contract)).hasMessageContaining(reason);
        assertThatThrownBy(() -> LandedFiles.rows(folder, contract, "{}")).hasMessageContaining(reason);
    }
}
