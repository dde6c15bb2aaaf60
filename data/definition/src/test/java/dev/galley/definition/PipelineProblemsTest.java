package dev.galley.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way a pipeline's files can be wrong, with the place and the words that say so. */
class PipelineProblemsTest {
    @TempDir
    private Path folder;

    @Test
    void theSoundPipelineHasNone() {
        assertThat(PipelineFolder.in(folder).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pipeline.yml     | name: shop            | nmae: shop               | pipeline.yml:1: Unknown key "nmae"; did you mean "name"?
            pipeline.yml     | name: shop            | color: red               | pipeline.yml:1: Unknown key "color"; known here: name, description, owner, publish, retention
            pipeline.yml     | owner: data team      | publish: auto            | pipeline.yml:1: The file needs "owner"
            pipeline.yml     | name: shop            | name: Book Shop          | pipeline.yml:1: "name" must be a name of lower-case letters, digits and _, beginning with a letter, at most 63 long, is "Book Shop"
            pipeline.yml     | owner: data team      | owner: 7                 | pipeline.yml:2: "owner" must be text, is "7"
            pipeline.yml     | owner: data team      | owner:                   | pipeline.yml:2: "owner" must be text, is empty
            pipeline.yml     | owner: data team      | owner: [a, b]            | pipeline.yml:2: "owner" must be text, is a list
            pipeline.yml     | name: shop            | `name: shop
            publish: later`  | pipeline.yml:2: "publish" must be one of auto, manual, is "later"
            pipeline.yml     | name: shop            | `name: shop
            retention: {daily: 0}` | pipeline.yml:2: "retention.daily" must be a whole number from 1 to 3650, is "0"
            pipeline.yml     | name: shop            | `name: shop
            retention: 5`    | pipeline.yml:2: "retention" must be a map, is "5"
            pipeline.yml     | name: shop            | name: ${env:NAME}        | pipeline.yml:1: ${env:...} and ${file:...} are allowed in sources.yml and galley.yml only
            pipeline.yml     | owner: data team      | name: twice              | pipeline.yml:2: The key "name" stands twice, first in line 1
            pipeline.yml     | owner: data team      | owner: &a team           | pipeline.yml:2: YAML anchors (&name) are not allowed; write the value out
            pipeline.yml     | owner: data team      | owner: *a                | pipeline.yml:2: YAML aliases (*name) are not allowed; write the value out
            pipeline.yml     | owner: data team      | owner: !!javax.script.ScriptEngineManager [] | pipeline.yml:2: YAML tags are not allowed, found tag:yaml.org,2002:javax.script.ScriptEngineManager
            pipeline.yml     | owner: data team      | owner: !secret x         | pipeline.yml:2: YAML tags are not allowed, found !secret
            pipeline.yml     | owner: data team      | owner: "open             | pipeline.yml:3: Not valid YAML: found unexpected end of stream
            pipeline.yml     | owner: data team      | ? [a]: b                 | pipeline.yml:2: A key must be a single value
            pipeline.yml     | owner: data team      | `---
            a: b`            | pipeline.yml:2: A second YAML document begins here; one file is one document
            sources.yml      | kind: rest            | kind: ftp                | sources.yml:2: "sources.api": "kind" must be one of rest, is "ftp"
            sources.yml      | kind: rest            | kind: jdbc               | sources.yml:2: "sources.api": kind "jdbc" is not yet supported
            sources.yml      | kind: rest            | kind: file               | sources.yml:2: "sources.api": kind "file" is not yet supported
            sources.yml      | kind: rest            | concurrency: 2           | sources.yml:2: "sources.api" needs "kind": one of rest
            sources.yml      | kind: rest            | `kind: rest
                auth: {}`    | sources.yml:4: "sources.api.auth" needs "type": one of none, api_key, bearer, client_credentials
            sources.yml      | kind: rest            | `kind: rest
                auth: {type: bearer, token: abc}` | sources.yml:4: "token" must be a reference, ${env:NAME} or ${file:/path}: files are no place for secrets
            sources.yml      | kind: rest            | `kind: rest
                auth: {type: bearer, token: "${file:/no/such/file}"}` | sources.yml:4: Cannot read the file /no/such/file; it should hold a secret, in UTF-8
            sources.yml      | kind: rest            | `kind: rest
                headers: {X-Auth-Token: abc}` | sources.yml:4: The header "X-Auth-Token" must be a reference, ${env:NAME} or ${file:/path}: files are no place for secrets
            sources.yml      | kind: rest            | `kind: rest
                alowed_hosts: [a]` | sources.yml:4: Unknown key "sources.api.alowed_hosts"; did you mean "allowed_hosts"?
            sources.yml      | kind: rest            | `kind: rest
                allowed_hosts: ["http://a"]` | sources.yml:4: "sources.api.allowed_hosts[1]" must be a host like cdn.example.com or cdn.example.com:8443, is "http://a"
            sources.yml      | kind: rest            | `kind: rest
                rate: {requests: 5, per: 0s}` | sources.yml:4: "per" must be longer than nothing
            sources.yml      | kind: rest            | `kind: rest
                on_response: [{status: 99, do: retry}]` | sources.yml:4: "sources.api.on_response[1].status" must be a status from 200 to 599, is "99"
            sources.yml      | kind: rest            | `kind: rest
                on_response: [{status: 200, matches: "(", do: retry}]` | sources.yml:4: "matches" is no regular expression: Unclosed group
            sources.yml      | path: /sales          | path: "/sales/{id}"      | sources.yml:7: {id} needs "for_each", which says whose field it is
            sources.yml      | path: /sales          | `path: "/sales/{no}"
                    for_each: {resource: shops, fields: [nr]}` | sources.yml:8: {no} is none of the fields of "for_each"; did you mean "nr"?
            sources.yml      | path: /sales          | `path: "/sales"
                    for_each: {resource: shops, fields: [nr]}` | sources.yml:8: Neither "path" nor "query" has {nr}, a field of "for_each"
            sources.yml      | path: /sales          | `path: "/sales/{nr}"
                    for_each: {resource: shop, fields: [nr]}` | sources.yml:6: "for_each" of sales names "shop", which is no resource of this source; did you mean "shops"?
            sources.yml      | path: /sales          | `path: "/sales/{nr}"
                    for_each: {resource: sales, fields: [nr]}` | sources.yml:6: "for_each" of sales names sales, which has a "for_each" itself; one generation is as far as it goes
            sources.yml      | path: /sales          | `path: /sales
                    body: {a: b}` | sources.yml:8: "body" needs "method: POST"
            sources.yml      | path: /sales          | `path: /sales
                    query: {q: "${env:API_URL}"}` | sources.yml:8: "query.q" must not be a reference: requests are shown in messages; use "auth" or "headers"
            sources.yml      | path: /sales          | `path: /sales
                    incremental: {by: position}` | sources.yml:8: "by: position" needs pages of "style: position"
            sources.yml      | path: /sales          | `path: /sales
                    method: POST
                    incremental: {by: etag}` | sources.yml:9: "by: etag" is for a list that GET brings in one response, without "paginate"
            sources.yml      | path: /sales          | `path: /sales
                    shape: record
                    paginate: {style: link}` | sources.yml:8: "shape: record" is for one response, without "paginate"
            sources.yml      | path: /sales          | `path: /sales
                    incremental: {by: luck}` | sources.yml:8: "sources.api.resources.sales.incremental.by" must be watermark, position or etag, is "luck"
            sources.yml      | parameter: since,     | parameter: since, step: 1d, | sources.yml:13: "step" needs "to_parameter" and "initial"
            sources.yml      | ${env:API_URL}        | ${env:NO_URL}            | sources.yml:4: The variable NO_URL is not set; export it, or write ${env:NO_URL:-default}
            sources.yml      | ${env:API_URL}        | ${env:no-url}            | sources.yml:4: A reference must be written ${env:NAME}, ${env:NAME:-default} or ${file:/path}
            sources.yml      | ${env:API_URL}        | ftp://x                  | sources.yml:4: "base_url" must be http://host or https://host
            sources.yml      | ${env:API_URL}        | http://me:pw@x           | sources.yml:4: "base_url" must not hold a user or password; use "auth"
            sources.yml      | ${env:API_URL}        | http://x?a=b             | sources.yml:4: "base_url" must end with its path, without ? or #
            sources.yml      | ${env:API_URL}        | http://x y               | sources.yml:4: "base_url" is no URL: Illegal character in authority
            sources.yml      | path: /shops          | path: shops              | sources.yml:10: "sources.api.resources.shops.path" must be a path below base_url, beginning with /, is "shops"
            sources.yml      | records: /data        | records: data            | sources.yml:11: "sources.api.resources.shops.records" must be a JSON pointer like /data, is "data"
            sources.yml      | style: link           | style: lnik              | sources.yml:12: "sources.api.resources.shops.paginate": "style" must be one of none, link, page, offset, cursor, keyset, header_cursor, next_url, position, is "lnik"
            sources.yml      | style: link           | style: next_url          | sources.yml:12: "sources.api.resources.shops.paginate" needs "next"
            sources.yml      | style: link           | style: cursor            | sources.yml:12: "sources.api.resources.shops.paginate" needs "cursor"
            sources.yml      | style: link           | style: link, size: 0     | sources.yml:12: "sources.api.resources.shops.paginate.size" must be a whole number from 1 to 100000, is "0"
            sources.yml      | parameter: since,     | parameter: since, lookback: 5 min, | sources.yml:13: "sources.api.resources.shops.incremental.lookback" must be a duration like 500ms, 30s, 15m, 2h or 1d, is "5 min"
            sources.yml      | parameter: since,     | parameter: since, initial: 2026-01-31, | sources.yml:13: "initial" must be an instant like 2026-01-31T00:00:00Z, or say "unit: date"
            sources.yml      | before: [shops]       | before: [shop]           | sources.yml:8: "before" names "shop", which is no resource of this source; did you mean "shops"?
            sources.yml      | path: /shops          | `path: /shops
                    before: [sales]`  | sources.yml:6: "before" runs in a circle: sales, shops, sales
            bronze/sales.yml | source: api           | source: apis             | bronze/sales.yml:1: sources.yml has no source "apis"; did you mean "api"?
            bronze/sales.yml | resource: sales       | resource: sale           | bronze/sales.yml:1: The source "api" has no resource "sale"; did you mean "sales"?
            bronze/sales.yml | shop_id: {            | Shop-Id: {               | bronze/sales.yml:4: The key "Shop-Id" must be a name of lower-case letters, digits and _, beginning with a letter, at most 63 long; say which field it is by "field": created_at: {type: timestamp, field: createdAt}
            bronze/sales.yml | decimal(18,2)         | decimal(39,2)            | bronze/sales.yml:5: Column "amount": decimal(39,2) must have 1 to 38 digits, and no more of them behind the point
            bronze/sales.yml | decimal(18,2)         | strng                    | bronze/sales.yml:5: Column "amount": "strng" is no type a contract can demand; did you mean "string"?
            bronze/sales.yml | decimal(18,2)         | array<int                | bronze/sales.yml:5: Column "amount": the type "array<int" has its end where > was expected
            bronze/sales.yml | decimal(18,2)         | map<int, string>         | bronze/sales.yml:5: Column "amount": the type "map<int, string>" has "int" where string, the only type of a map's keys was expected
            bronze/sales.yml | required: true        | required: yes            | bronze/sales.yml:3: "columns.sale_id.required" must be true or false, is "yes"
            bronze/sales.yml | not_null: [sale_id]   | not_null: [sale_di]      | bronze/sales.yml:7: The contract has no column "sale_di"; did you mean "sale_id"?
            bronze/sales.yml | not_null: [sale_id]   | notnull: [sale_id]       | bronze/sales.yml:7: Unknown key "checks[1].notnull"; did you mean "not_null"?
            bronze/sales.yml | not_null: [sale_id]   | not_null: {columns: [sale_id], on_fail: quarantine} | bronze/sales.yml:7: Bronze quarantines what does not fit its contract, and nothing else; say it in the contract, or check in a model
            silver/sales.sql | /*                    | --                       | silver/sales.sql:1: The file must begin with a line that is /*, then the YAML header, then a line that is */
            silver/sales.sql | */                    | --                       | silver/sales.sql:1: The header has no end: no line is */
            silver/sales.sql | SELECT * FROM bronze.sales | -- nothing          | silver/sales.sql:9: No SELECT follows the header
            silver/sales.sql | FROM bronze.sales     | FROM ${env:TABLE}        | silver/sales.sql:10: ${env:...} and ${file:...} are allowed in sources.yml and galley.yml only
            silver/sales.sql | write:                | wriet:                   | silver/sales.sql:2: Unknown key "wriet"; did you mean "write"?
            silver/sales.sql | mode: merge           | mode: scd2               | silver/sales.sql:2: "write": mode "scd2" is not yet supported
            silver/sales.sql | mode: merge           | mode: upsert             | silver/sales.sql:2: "write": "mode" must be one of append, merge, replace_groups, replace_partitions, replace, is "upsert"
            silver/sales.sql | version: version      | deletes: maybe, version: v | silver/sales.sql:2: "write.deletes" must be one of hard, soft, is "maybe"
            silver/sales.sql | version: version      | version: {column: v}     | silver/sales.sql:2: "write.version" needs "as"
            silver/sales.sql | version: version      | version: {column: v, as: int} | silver/sales.sql:2: "write.version.as" must be one of text, bigint, timestamp, is "int"
            silver/sales.sql | version: version      | version: v, delete_when: true | silver/sales.sql:2: "write.delete_when" must be text, is "true"
            bronze/shops.yml | resource: shops}      | resource: shops, snapshot: true} | bronze/shops.yml:1: "snapshot": the resource "shops" is "incremental", so that a batch of it is no whole list
            bronze/shops.yml | resource: shops}      | `resource: shops, snapshot: true}
            on_misfit: quarantine` | bronze/shops.yml:2: A list without the records that do not fit is not whole, and what it lacks would count as gone; remove "on_misfit", or "snapshot" in line 1
            silver/sales.sql | key: [sale_id]        | key: []                  | silver/sales.sql:2: "write.key" is empty
            silver/sales.sql | key: [sale_id]        | key: [sale_id, sale_id]  | silver/sales.sql:2: "write.key" has "sale_id" twice
            silver/sales.sql | key: [sale_id],       | ``                       | silver/sales.sql:2: "write" needs "key"
            silver/sales.sql | mode: merge, key: [sale_id], version: version | mode: replace | silver/sales.sql:2: With "new_rows_of" the SELECT sees the new rows only, so replacing would lose the older ones; use mode append, merge or replace_groups
            silver/sales.sql | new_rows_of: bronze.sales | new_rows_of: bronze.sale | silver/sales.sql:3: The pipeline has no table "bronze.sale"; did you mean "bronze.sales"?
            silver/sales.sql | new_rows_of: bronze.sales | new_rows_of: silver.sales | silver/sales.sql:3: "incremental": a table cannot be new rows of itself
            silver/sales.sql | new_rows_of: bronze.sales | new_rows_of: sales   | silver/sales.sql:3: "incremental.new_rows_of" must be a table: namespace.name, is "sales"
            silver/sales.sql | days(sold_at)         | day(sold_at)             | silver/sales.sql:4: "partition[1]" must be a partition term: a column, years(c), months(c), days(c), hours(c), bucket(16, c) or truncate(4, c), is "day(sold_at)"
            silver/sales.sql | unique: [sale_id]     | unique: {columns: [sale_id], on_fail: quarantine} | silver/sales.sql:6: "unique" judges rows together, so it cannot say which to quarantine; remove "on_fail"
            silver/sales.sql | unique: [sale_id]     | row_count: {min: 1, on_fail: quarantine} | silver/sales.sql:6: "row_count" judges rows together, so it cannot say which to quarantine; remove "on_fail"
            silver/sales.sql | unique: [sale_id]     | row_count: {min: 2, max: 1} | silver/sales.sql:6: "row_count": min 2 is above max 1
            silver/sales.sql | unique: [sale_id]     | row_count: {}            | silver/sales.sql:6: "row_count" needs "min", "max" or both
            silver/sales.sql | unique: [sale_id]     | accepted_range: {column: a} | silver/sales.sql:6: "accepted_range" needs "min", "max" or both
            silver/sales.sql | unique: [sale_id]     | accepted_values: {column: a, values: []} | silver/sales.sql:6: "checks[1].accepted_values.values" is empty
            silver/sales.sql | unique: [sale_id]     | `matches: {column: a, pattern: "["}` | silver/sales.sql:6: The pattern "[" is no regular expression: Unclosed character class
            silver/sales.sql | unique: [sale_id]     | not_null: {columns: [sale_id], name: key} | silver/sales.sql:6: The check "key" has a name of Galley's own checks (contract, immutable, key, on_misfit, quarantine_share, record); give it another
            silver/sales.sql | unique: [sale_id]     | accepted_range: {column: a, min: 2, max: 1} | silver/sales.sql:6: "accepted_range": min 2 is above max 1
            silver/sales.sql | unique: [sale_id]     | volume: {against: same_weekday} | silver/sales.sql:6: "checks[1].volume" is not yet supported
            silver/sales.sql | unique: [sale_id]     | expression: {rule: "a > 0", quarantine_by: [a]} | silver/sales.sql:6: "checks[1].expression.quarantine_by" is not yet supported
            silver/sales.sql | unique: [sale_id]     | unique: sale_id          | silver/sales.sql:6: "checks[1].unique" must be a list of columns or a map, is "sale_id"
            silver/sales.sql | unique: [sale_id]     | unique: [sale id]        | silver/sales.sql:6: "checks[1].unique[1]" must be a column: lower-case letters, digits and _, not beginning with a digit, at most 63 long, is "sale id"
            silver/sales.sql | unique: [sale_id]     | {unique: [a], not_null: [a]} | silver/sales.sql:6: "checks[1]" has several keys (unique, not_null) and may have one
            silver/sales.sql | unique: [sale_id]     | {}                       | silver/sales.sql:6: "checks[1]" is empty
            silver/sales.sql | unique: [sale_id]     | sale_id > 0              | silver/sales.sql:6: "checks[1]" must be a map with one check, is "sale_id > 0"
            silver/sales.sql | unique: [sale_id]     | relationships: {columns: [a, b], to: silver.shops, to_columns: [a]} | silver/sales.sql:6: "to_columns" has 1 columns and "columns" has 2
            silver/sales.sql | unique: [sale_id]     | relationships: {column: shop_id, to: silver.shops.shop_id} | silver/sales.sql:7: The check "relationships(shop_id)" stands in line 6 already; give one of them another "name"
            silver/sales.sql | to: silver.shops.shop_id | to: silver.shop.shop_id | silver/sales.sql:7: The pipeline has no table "silver.shop"; did you mean "silver.shops"?
            silver/sales.sql | on_fail: quarantine   | on_fail: quarantine, severity: warn | silver/sales.sql:7: A check that quarantines rows cannot be of severity warn; remove one of the two
            silver/sales.sql | on_fail: quarantine   | on_fail: quarantine, scope: whole | silver/sales.sql:7: Only rows that are not yet written can be quarantined; remove "scope: whole" or "on_fail"
            silver/sales.sql | block: "10 %"         | block: "0.5 %"           | silver/sales.sql:8: "quarantine": warn is above block
            silver/sales.sql | block: "10 %"         | block: "101 %"           | silver/sales.sql:8: "quarantine": a share is at most 100 %
            silver/sales.sql | block: "10 %"         | block: 10                | silver/sales.sql:8: "quarantine.block" must be a share like "0.5 %", is "10"
            silver/shops.sql | mode: replace         | mode: append             | silver/shops.sql:2: Mode append would add all rows again in every run; say "incremental: {new_rows_of: ...}"
            silver/shops.sql | mode: replace         | mode: replace_groups, group: [a], version: v | silver/shops.sql:2: Mode replace_groups must know which parents changed, those without rows too; say "incremental: {new_rows_of: ...}" with the table of the parents, or use mode replace
            silver/shops.sql | mode: replace         | mode: replace_partitions | silver/shops.sql:2: Mode replace_partitions needs "partition"
            gold/daily.sql   | mode: replace_partitions | mode: replace         | gold/daily.sql:3: "affected" names partitions to compute anew: it needs write mode replace_partitions
            gold/daily.sql   | partition: [day]      | partition: [months(day)] | gold/daily.sql:3: "affected" names "day", which must be a term of "partition" as it stands
            gold/daily.sql   | silver.sales.day      | silver.sale.day          | gold/daily.sql:3: The pipeline has no table "silver.sale"; did you mean "silver.sales"?
            gold/daily.sql   | silver.sales.day      | silver.day               | gold/daily.sql:4: "incremental.affected.day[1]" must be a column of a table: namespace.name.column, is "silver.day"
            gold/daily.sql   | partition: [day]      | `partition: [day]
            checks: [{not_null: {columns: [day], on_fail: quarantine}}]` | gold/daily.sql:6: A table that is replaced would refuse the same rows in every run; remove "on_fail", or use mode append, merge or replace_groups
            silver/shops.sql | {mode: replace}       | `{mode: replace}
            checks: [{not_null: {columns: [shop_id], on_fail: quarantine}}]` | silver/shops.sql:3: A table that is replaced would refuse the same rows in every run; remove "on_fail", or use mode append, merge or replace_groups
            checks/no_orphans.sql | [silver.sales]   | [silver.sails]           | checks/no_orphans.sql:3: The pipeline has no table "silver.sails"; did you mean "silver.sales"?
            checks/no_orphans.sql | severity: warn   | severity: fatal          | checks/no_orphans.sql:4: "severity" must be one of warn, error, is "fatal"
            checks/no_orphans.sql | tables:          | table:                   | checks/no_orphans.sql:3: Unknown key "table"; did you mean "tables"?
            """)
    void aSpoiledPartIsSaidWithItsPlace(String file, String part, String replacement, String problem) {
        assertThat(PipelineFolder.in(folder).with(file, part, replacement).problems())
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            extra.yml            | extra.yml: Unknown file; known here: pipeline.yml, sources.yml
            source.yml           | source.yml: Unknown file; did you mean "sources.yml"?
            silver/Orders.sql    | silver/Orders.sql: The name "Orders" must be lower-case letters, digits and _, beginning with a letter, at most 63 long
            silver/x";drop.sql   | silver/x";drop.sql: The name "x";drop" must be lower-case letters, digits and _, beginning with a letter, at most 63 long
            silver/orders.yaml   | silver/orders.yaml: Unknown file: this folder holds .sql and .yml files only
            silver/table.sql     | silver/table.sql: The name "table" is a keyword of SQL; choose another
            silver/deep/a.sql    | silver/deep: Unknown file: this folder holds .sql and .yml files only
            silver/sales.yml     | silver/sales.yml: The table silver.sales has two files; keep the .yml or the .sql
            ops/runs.sql         | ops: The namespace "ops" is Galley's own; give the folder another name
            deleted/x.sql        | deleted: The namespace "deleted" is Galley's own; give the folder another name
            quarantine/x.sql     | quarantine: The namespace "quarantine" is Galley's own; give the folder another name
            checks/a.yml         | checks/a.yml: Unknown file: this folder holds .sql files only
            """)
    void aFileThatBelongsNowhereIsSaid(String file, String problem) {
        assertThat(PipelineFolder.in(folder).with(file, "").problems()).contains(problem);
    }

    @Test
    void tablesThatWouldShareAQuarantineAreSaid() {
        PipelineFolder shop =
                PipelineFolder.in(folder).with("silver/sales_old.sql", "").with("silver_sales/old.sql", "");

        assertThat(shop.problems())
                .contains("silver_sales/old.sql: The tables silver.sales_old and silver_sales.old would share"
                        + " quarantine.silver_sales_old; give one of them another name");
    }

    @Test
    void aTableOfTwoPipelinesIsSaid() {
        PipelineFolder.in(folder.resolve("shop"));
        PipelineFolder second = PipelineFolder.in(folder.resolve("store")).without("silver/shops.sql");

        assertThat(second.problems())
                .contains("silver/sales.sql: The table silver.sales is one of pipeline shop already; a table has one"
                        + " pipeline that writes it, give one of them another name")
                .noneMatch(problem -> problem.startsWith("silver/shops"));
        assertThat(PipelineFolder.in(folder.resolve("alone/shop")).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"tests/sales.yml", "README.md", "silver/notes.md", ".gitignore", "silver/.sales.sql.swp"})
    void filesThatAreNotThePipelinesArePassedOver(String file) {
        assertThat(PipelineFolder.in(folder).with(file, "{{{").problems()).isEmpty();
    }
}
