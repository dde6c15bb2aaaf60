package dev.galley.spark.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.collection.JavaConverters;

/** Of a table whose columns {@code mail} and {@code tags} are marked. */
class MarkedColumnsTest {
    private static TableName people;

    @BeforeAll
    static void create() {
        people = new TableName(SharedSpark.namespace(), "people");
        SharedSpark.sql("CREATE TABLE " + people
                + " (id INT, mail STRING, tags ARRAY<STRING>, at STRUCT<town: STRING>) USING iceberg");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT * FROM p                                                              | mail tags
            SELECT id, MAIL AS m, upper(mail) AS u, concat('a', id) AS c FROM p          | m u
            SELECT id, mail = 'x' AS b, count(mail) AS n, max(mail) AS x FROM p GROUP BY id, mail | x
            SELECT count(*) AS n, length(mail) AS l FROM p GROUP BY mail                 | l
            SELECT id, t FROM p LATERAL VIEW explode(tags) AS t                          | t
            SELECT id, f.* FROM (SELECT id, named_struct('m', mail, 'i', id) AS f FROM p) | m i
            WITH q (a, b) AS (SELECT id, mail FROM p) SELECT q.b, r.a FROM q JOIN q r ON q.a = r.a | b
            SELECT id AS a, 'x' AS b FROM p UNION ALL SELECT 1, mail FROM p              | b
            SELECT id, (SELECT max(mail) FROM p) AS s FROM p                             | s
            SELECT id, EXISTS (SELECT 1 FROM p q WHERE q.mail = x.mail) AS e FROM p x    |
            SELECT id, first(mail) OVER (ORDER BY id) AS w, row_number() OVER (ORDER BY mail) AS n FROM p | w
            SELECT coalesce(a.id, 0) AS i, b.mail FROM p a LEFT JOIN p b ON a.id = b.id  | mail
            SELECT id, mail AS m FROM p GROUP BY ROLLUP (id, mail)                       | m
            SELECT id, k, v FROM (SELECT id, mail, 'y' AS z FROM p) UNPIVOT (v FOR k IN (mail, z)) | v
            SELECT transform(tags, t -> upper(t)) AS t, filter(array(id), i -> i > 0) AS i FROM p | t
            VALUES (1)                                                                   |
            """)
    void columnsAreMarkedThatAreMadeOfMarkedOnes(String sql, String marked) {
        LogicalPlan plan = SharedSpark.session()
                .sql(sql.replaceAll("\\bp\\b(?=$| |\\))", people.toString()))
                .queryExecution()
                .analyzed();

        List<Boolean> marks = new MarkedColumns((table, column) ->
                        table.equals(people) && List.of("mail", "tags").contains(column))
                .of(plan);

        List<String> names = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i)) {
                names.add(JavaConverters.seqAsJavaList(plan.output()).get(i).name());
            }
        }
        assertThat(String.join(" ", names).toLowerCase(Locale.ROOT)).isEqualTo(marked == null ? "" : marked);
    }
}
