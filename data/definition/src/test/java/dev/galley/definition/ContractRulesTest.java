package dev.galley.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.SnakeCase;
import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a contract may say of where its values stand and how they are written. */
class ContractRulesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: {type: timestamp, field: createdAt}",
                "a: {type: string, field: _id}",
                "a: {type: string, field: '@type'}",
                "a: {type: string, field: due-date}",
                "a: {type: bigint, field: /customer/id}",
                "a: {type: bigint, field: /~1odd~0/id}",
                "a: {type: int, field: id}\n  b: {type: string, field: ID}",
                "a: {type: int, field: /c/id}\n  b: {type: string, field: /c/name}",
                "a: {type: int, format: text}",
                "a: {type: bigint, format: text}",
                "a: {type: double, format: text}",
                "a: {type: boolean, format: text}",
                "a: {type: 'decimal(18,2)', format: text}",
                "a: {type: 'decimal(18,2)', format: decimal_comma}",
                "a: {type: 'array<decimal(18,2)>', format: text}",
                "a: {type: 'map<string, date>', format: dd.MM.yyyy}",
                "a: {type: boolean, format: {true: Y, false: N}}",
                "a: {type: boolean, format: {true: 1, false: 0}}",
                "a: {type: boolean, format: {true: X, false: ''}}",
                "a: {type: timestamp, format: epoch_seconds}",
                "a: {type: timestamp, format: epoch_millis}",
                "a: {type: timestamp, format: text_epoch_micros}",
                "a: {type: timestamp, zone: Europe/Berlin}",
                "a: {type: timestamp, format: 'yyyy-MM-dd HH:mm:ss', zone: UTC}",
                "a: {type: timestamp, format: 'yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS]XXX'}",
                "a: {type: timestamp, format: \"dd MMM yyyy HH:mm VV\"}",
                "a: {type: timestamp, format: \"MM/dd/yyyy hh:mm a\", zone: America/New_York}",
                "a: {type: date, format: yyyyMMdd}",
                "a: {type: date, format: d.M.yyyy}",
                "a: {type: date, format: yyyy-DDD}",
                "a: {type: 'array<struct<n: int not null, u: date>>', inside: {u: {field: U@, format: dd.MM.yyyy}}}",
                "a: {type: 'struct<b: map<string, struct<c: boolean>>>', inside: {b.c: {format: {true: j, false: n}}}}"
            })
    void whatCanBeReadIsAccepted(String column) {
        assertThat(problems(column)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: string, format: text}          | \"text\" is no format of \"string\", which has none",
                "{type: bigint, format: txt}           | \"txt\" is no format of \"bigint\"; did you mean \"text\"?",
                "{type: int, format: decimal_comma}    | \"decimal_comma\" is no format of \"int\"; known here: text",
                "{type: date, format: epoch_millis}    | \"epoch_millis\" is no format of \"date\"; give a pattern like \"dd.MM.yyyy\"",
                "{type: bigint, format: {true: a, false: b}} | words for true and false belong to a boolean, not to \"bigint\"",
                "{type: boolean, format: {true: a, false: a}} | true and false are both \"a\"",
                "{type: 'struct<x: int>', format: text} | a struct has no format of its own; say under \"inside\" which of its fields",
                "{type: date, zone: UTC}               | a zone belongs to a timestamp, not to \"date\"",
                "{type: timestamp, zone: Europe/Berlln} | there is no zone \"Europe/Berlln\"; did you mean \"Europe/Berlin\"?",
                "{type: timestamp, format: epoch_seconds, zone: UTC} | \"epoch_seconds\" needs no zone",
                "{type: timestamp, format: 'yyyy-MM-dd HH:mm'} | \"yyyy-MM-dd HH:mm\" names no zone: add X if the texts have one (Z or an offset), or declare it, \"zone: UTC\"",
                "{type: timestamp, format: \"yyyy-MM-dd'T'HH:mm'Z'\"} | \"yyyy-MM-dd'T'HH:mm'Z'\" names no zone: add X if the texts have one (Z or an offset), or declare it, \"zone: UTC\"",
                "{type: timestamp, format: 'yyyy-MM-dd HH:mmX', zone: UTC} | \"yyyy-MM-dd HH:mmX\" reads the zone from the text; remove that letter or \"zone\"",
                "{type: timestamp, format: 'yyyy-MM-dd HH:mm z'} | \"yyyy-MM-dd HH:mm z\": abbreviated names of zones are not unique; X reads Z and offsets, VV names like Europe/Berlin",
                "{type: date, format: dd.MM.yy}        | \"dd.MM.yy\": a year of two digits does not say which century; read the column as a string, and say it in a model",
                "{type: 'struct<n: int>', inside: {m.x: {format: text}}} | its type has no field \"m.x\"; known here: n",
                "{type: int, inside: {n: {format: text}}} | its type has no field \"n\", it is no struct",
                "{type: 'struct<n: string>', inside: {n: {format: text}}} | \"text\" is no format of \"string\", which has none",
                "{type: 'struct<n: int, N: int>'}      | the type \"struct<n: int, N: int>\" has the field \"N\" twice, and case does not tell them apart",
                "{type: int, field: /a~2}              | the JSON pointer \"/a~2\" has ~ where ~0 (for ~) or ~1 (for /) is meant",
                "{type: int, from: envelope, field: pag} | an envelope has no \"pag\"; did you mean \"page\"?",
                "{type: int, from: parent, field: id}  | sales has no parent: it is fetched without \"for_each\"",
            })
    void whatCannotBeReadIsRefusedByName(String column, String reason) {
        assertThat(problems("a: " + column.strip())).containsExactly("bronze/sales.yml:3: Column \"a\": " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"YYYY-MM-dd", "yyyy-mm-dd", "yyyy-MM-DD", "dd.MM", "MM.yyyy"})
    void aPatternThatNamesNoDayIsRefused(String pattern) {
        assertThat(problems("a: {type: date, format: '" + pattern + "'}"))
                .containsExactly("bronze/sales.yml:3: Column \"a\": \"" + pattern
                        + "\" does not say one day for sure; y is the year, M the month, d the day, H the hour, m the minute,"
                        + " s the second, S its fractions, X the offset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dd.MM.yyyyX", "hh:mm dd.MM.yyyyX"})
    void aPatternThatNamesNoMomentIsRefused(String pattern) {
        assertThat(problems("a: {type: timestamp, format: '" + pattern + "'}"))
                .hasSize(1)
                .first()
                .asString()
                .contains("\"" + pattern + "\" does not say one moment for sure");
    }

    @Test
    void aWordThatIsNoPatternIsRefused() {
        assertThat(problems("a: {type: timestamp, format: iso}"))
                .hasSize(1)
                .first()
                .asString()
                .contains("\"iso\"");
        assertThat(problems("a: {type: timestamp, format: epoch_milis}"))
                .hasSize(1)
                .first()
                .asString()
                .contains("did you mean \"epoch_millis\"?");
    }

    @Test
    void oneFieldIsReadByOneColumn() {
        String advice =
                ", which is the same field or a part of it; read the whole into one column, and take what else is"
                        + " needed from that column in a model";
        assertThat(problems("a: {type: int, field: x}\n  b: {type: int, field: x}"))
                .containsExactly("bronze/sales.yml:3: \"a\" reads \"x\" and \"b\" reads \"x\"" + advice);
        assertThat(problems("c: {type: 'struct<id: int>'}\n  b: {type: int, field: /c/id}"))
                .containsExactly("bronze/sales.yml:3: \"c\" reads \"c\" and \"b\" reads \"/c/id\"" + advice);
        assertThat(problems("c: {type: 'struct<id: int, k: int>', inside: {k: {field: id}}}"))
                .containsExactly(
                        "bronze/sales.yml:3: Column \"c\": \"c.id\" reads \"id\" and \"c.k\" reads \"id\"" + advice);
    }

    @Test
    void snakeCaseNamesHaveOneFieldEach() {
        assertThat(snake("created_at: {type: string}\n  lines: {type: 'array<struct<unit_price: int>>'}"))
                .isEmpty();
        assertThat(snake("id: {type: string, field: id}\n  device: {type: string, field: ID}"))
                .isEmpty();
        assertThat(snake("created_at: {type: string}\n  made: {type: string, field: createdAt}"))
                .hasSize(1)
                .first()
                .asString()
                .contains("\"created_at\" reads \"created_at\" and \"made\" reads \"createdAt\"");
        assertThat(snake("ship_to: {type: 'struct<id: int>'}\n  id: {type: string, field: /shipTo/id}"))
                .hasSize(1);
        assertThat(snake("lines: {type: 'array<struct<unitPrice: int>>'}"))
                .containsExactly("bronze/sales.yml:4: Column \"lines\": no field is called \"unitPrice\" with \"names:"
                        + " snake_case\"; call it \"unit_price\", or say under \"inside\" which field it is");
        assertThat(snake("lines: {type: 'array<struct<unitPrice: int>>', inside: {unitPrice: {field: unitPrice}}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "createdAt,created_at",
        "HTTPStatus,http_status",
        "id2,id2",
        "ID,id",
        "userID,user_id",
        "address2Line,address2_line",
        "due-date,due_date",
        "Unit Price,unit_price",
        "already_snake,already_snake",
        "Already_Snake,already_snake",
        "_id,_id",
        "@type,@type",
        "größeCm,größe_cm"
    })
    void namesBecomeSnakeCase(String name, String snake) {
        assertThat(SnakeCase.of(name)).isEqualTo(snake);
    }

    @Test
    void childrenNameTheKeyOfTheirParents() {
        PipelineFolder pipeline = PipelineFolder.in(folder)
                .with(
                        "sources.yml",
                        "path: /sales\n",
                        "path: /shops/{shop_id}/sales\n        for_each: {resource: shops, fields: [shop_id]}\n");
        String columns = """
                from: {source: api, resource: sales}
                columns:
                  n: {type: int}
                  shop: {type: string, required: true, from: parent, field: %s}
                  page: {type: int, from: envelope}
                  of: {type: "map<string, string>", from: envelope, field: %s}
                """;
        assertThat(pipeline.with("bronze/sales.yml", columns.formatted("shop_id", "fetched_at"))
                        .problems())
                .isEmpty();
        assertThat(pipeline.with("bronze/sales.yml", columns.formatted("shopid", "prent"))
                        .problems())
                .containsExactly(
                        "bronze/sales.yml:4: Column \"shop\": the key of the parents of sales has no field \"shopid\"; did you"
                                + " mean \"shop_id\"?",
                        "bronze/sales.yml:6: Column \"of\": an envelope has no \"prent\"; did you mean \"parent\"?");
    }

    @Test
    void whatDecidesTheRowsIsInTheDefinitionAndNothingElse() {
        assertThat(definition("", "a: {type: int, pii: true, description: d, from: record}"))
                .isEqualTo("{\"columns\":{\"a\":{\"type\":\"int\"}}}");
        assertThat(definition("names: snake_case\n", """
                        a: {type: timestamp, field: x, format: 'yyyy-MM-dd HH', zone: UTC}
                          b: {type: 'struct<c: boolean>', inside: {c: {format: {true: Y, false: 0}}}}
                          page: {type: int, from: envelope}"""))
                .isEqualTo(
                        "{\"columns\":{\"a\":{\"field\":\"x\",\"format\":\"yyyy-MM-dd HH\",\"type\":\"timestamp\",\"zone\":\"UTC\"},"
                                + "\"b\":{\"inside\":{\"c\":{\"format\":{\"false\":\"0\",\"true\":\"\\\"Y\\\"\"}}},"
                                + "\"type\":\"struct<c:boolean>\"},\"page\":{\"from\":\"envelope\",\"type\":\"int\"}},"
                                + "\"names\":\"snake_case\"}");
    }

    private String definition(String head, String columns) {
        PipelineFolder pipeline = PipelineFolder.in(folder)
                .with(
                        "bronze/sales.yml",
                        "from: {source: api, resource: sales}\n" + head + "columns:\n  " + columns + "\n");
        return pipeline.read(PipelineFolder.ENVIRONMENT)
                .table(TableName.of("bronze.sales"))
                .orElseThrow()
                .definition()
                .toString();
    }

    @Test
    void aNameThatCannotBeAColumnIsToldHowToBeRead() {
        assertThat(problems("createdAt: {type: string}"))
                .hasSize(1)
                .first()
                .asString()
                .contains("field: createdAt");
    }

    private List<String> problems(String columns) {
        return problems("", columns);
    }

    private List<String> snake(String columns) {
        return problems("names: snake_case\n", columns);
    }

    private List<String> problems(String head, String columns) {
        return PipelineFolder.in(folder)
                .with(
                        "bronze/sales.yml",
                        "from: {source: api, resource: sales}\n" + head + "columns:\n  " + columns + "\n")
                .problems();
    }
}
