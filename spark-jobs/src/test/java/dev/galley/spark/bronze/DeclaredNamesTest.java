package dev.galley.spark.bronze;

import static dev.galley.spark.bronze.LandedFiles.declared;
import static dev.galley.spark.bronze.LandedFiles.reasons;
import static dev.galley.spark.bronze.LandedFiles.rows;
import static dev.galley.spark.bronze.LandedFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.Contract;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that are not called as their fields are, or do not stand at the top of the record. */
class DeclaredNamesTest {
    @TempDir
    private Path folder;

    @Test
    void fieldsAreReadByAnyName() {
        Contract contract = declared(folder, """
                columns:
                  id: {type: string, required: true, field: _id}
                  at: {type: timestamp, field: createdAt}
                  kind: {type: string, field: "@type"}
                  due: {type: date, field: due-date}
                  mark: {type: string, field: /~1a~0b}
                  small: {type: int, field: id}
                  big: {type: string, field: ID}
                """);
        List<Row> rows = rows(
                folder,
                contract,
                "{\"_id\":\"x\",\"createdAt\":\"2026-11-21T03:04:05Z\",\"@type\":\"T\",\"due-date\":\"2026-11-22\",\"/a~b\":\"m\","
                        + "\"id\":1,\"ID\":\"d\",\"kind\":\"no\",\"Id\":7}",
                "{\"createdAt\":5,\"due-date\":\"2026-02-30\",\"_id\":null}",
                "{\"CreatedAt\":\"2026-11-21T03:04:05Z\"}");
        Row row = rows.get(0);
        assertThat(reasons(row)).isEmpty();
        assertThat(row.toString())
                .startsWith("[x,2026-11-21 03:04:05.0,T,2026-11-22,m,1,d,{\"kind\":\"no\",\"Id\":7},");
        assertThat(reasons(rows.get(1)))
                .containsExactly(
                        "type: createdAt: 5 is not a timestamp, \"yyyy-MM-ddTHH:mm:ssZ\"",
                        "type: due-date: \"2026-02-30\" is not a day of the calendar",
                        "required: _id: null");
        assertThat(reasons(rows.get(2)))
                .containsExactly("name_case: CreatedAt: the contract spells it createdAt", "required: _id: missing");
    }

    @Test
    void pointersLeadIntoObjectsAndLeaveTheRestThereUnknown() {
        String columns = """
                columns:
                  customer_id: {type: bigint, required: true, field: /customer/id}
                  city: {type: string, field: /customer/address/city}
                  total: {type: "struct<net: int, currency: string>", inside: {currency: {field: /unit/code}}}
                """;
        List<Row> rows = rows(
                folder,
                declared(folder, columns),
                "{\"customer\":{\"id\":7,\"vip\":true,\"address\":{\"city\":\"Oslo\",\"zip.code\":\"1\"}},"
                        + "\"total\":{\"unit\":{\"code\":\"EUR\",\"x\":0},\"net\":5}}",
                "{\"customer\":{\"id\":7,\"address\":null},\"total\":{\"net\":1}}",
                "{}",
                "{\"customer\":null}",
                "{\"customer\":[{\"id\":7}]}",
                "{\"customer\":{\"id\":\"7\",\"address\":{}}}",
                "{\"customer\":{\"id\":1},\"customer\":{\"id\":2}}",
                "{\"Customer\":{\"id\":1}}");
        assertThat(rows.get(0).toString())
                .startsWith(
                        "[7,Oslo,[5,EUR],{\"customer.vip\":true,\"customer.address['zip.code']\":\"1\",\"total.unit.x\":0},");
        assertThat(rows.get(1).toString()).startsWith("[7,null,[1,null],null,");
        assertThat(rows.stream().skip(2).map(LandedFiles::reasons))
                .containsExactly(
                        List.of("required: customer.id: missing"),
                        List.of("required: customer.id: missing"),
                        List.of("type: customer: an array is not an object"),
                        List.of("type: customer.id: \"7\" is not an integer"),
                        List.of("duplicate_key: customer: given more than once"),
                        List.of(
                                "name_case: Customer: the contract spells it customer",
                                "required: customer.id: missing"));
        assertThat(reasons(rows(
                                folder,
                                declared(folder, columns + "unknown_fields: refuse"),
                                "{\"customer\":{\"id\":7,\"vip\":true}}")
                        .get(0)))
                .containsExactly("unknown_field: customer.vip: the contract does not name it");
    }

    @Test
    void snakeCaseNamesAreFoundAtEveryDepth() {
        Contract contract = declared(folder, """
                names: snake_case
                columns:
                  created_at: {type: string, required: true}
                  http_status: {type: int}
                  id2: {type: int}
                  lines: {type: "array<struct<unit_price: int, tax: struct<tax_rate: int>>>", inside: {tax.tax_rate: {field: "%"}}}
                  extra: {type: "map<string, struct<max_size: int>>"}
                  user_id: {type: int, field: /userInfo/userID}
                """);
        List<Row> rows = rows(
                folder,
                contract,
                "{\"createdAt\":\"a\",\"HTTPStatus\":200,\"id2\":2,\"lines\":[{\"unitPrice\":1,\"tax\":{\"%\":19}},{\"unit_price\":2}],"
                        + "\"extra\":{\"maxSize\":{\"maxSize\":3}},\"userInfo\":{\"userID\":4,\"userName\":\"u\"},\"otherThing\":0}",
                "{\"created_at\":\"b\",\"httpStatus\":201}",
                "{\"createdAt\":\"a\",\"created_at\":\"b\"}",
                "{\"created_at\":\"b\",\"createdAt\":\"a\"}",
                "{\"httpStatus\":\"x\"}");
        assertThat(rows.get(0).toString())
                .startsWith("[a,200,2,WrappedArray([1,[19]], [2,null]),Map(maxSize -> [3]),4,"
                        + "{\"userInfo.userName\":\"u\",\"otherThing\":0},");
        assertThat(rows.get(1).toString()).startsWith("[b,201,null,");
        assertThat(rows.stream().skip(2).map(LandedFiles::reasons))
                .containsExactly(
                        List.of("duplicate_key: created_at: given more than once"),
                        List.of("duplicate_key: createdAt: given more than once; in snake case it is created_at"),
                        List.of("type: httpStatus: \"x\" is not an integer", "required: created_at: missing"));
    }

    @Test
    void whatTheIngestWroteAroundARecordIsRead() {
        Contract contract = declared(folder, """
                names: snake_case
                unknown_fields: refuse
                columns:
                  n: {type: int}
                  parent_id: {type: bigint, required: true, from: parent, field: id}
                  shop_no: {type: string, from: parent}
                  page: {type: bigint, from: envelope}
                  position: {type: int, from: envelope, field: index}
                  asked: {type: timestamp, from: envelope, field: fetched_at}
                """);
        String head = "{\"page\":3,\"index\":17,\"fetched_at\":\"2026-11-21T03:04:05Z\",";
        List<Row> rows = rows(
                folder,
                contract,
                List.of(
                        utf8(head + "\"parent\":{\"id\":7,\"shopNo\":\"s\"},\"record\":{\"n\":1}}"),
                        utf8(head + "\"record\":{\"n\":1}}"),
                        utf8(head + "\"parent\":{\"id\":\"a\",\"other\":1},\"record\":{\"n\":1,\"parent\":{}}}")));
        assertThat(rows.get(0).toString())
                .startsWith("[1,7,s,3,17,2026-11-21 03:04:05.0,null,7,part-00000.ndjson.zst,1,2026-11-21 03:04:05.0");
        assertThat(reasons(rows.get(1))).containsExactly("required: envelope.parent.id: missing");
        assertThat(reasons(rows.get(2)))
                .containsExactly(
                        "type: envelope.parent.id: \"a\" is not an integer",
                        "unknown_field: parent: the contract does not name it");
        assertThat(rows(
                                folder,
                                declared(
                                        folder,
                                        "columns: {of: {type: 'map<string, string>', from: envelope, field: parent}}"),
                                List.of(utf8(head + "\"parent\":{\"id\":\"7\"},\"record\":{}}")))
                        .get(0)
                        .toString())
                .startsWith("[Map(id -> 7),");
    }
}
