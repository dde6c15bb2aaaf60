package dev.galley.spark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.HiveResult;
import org.apache.spark.sql.execution.QueryExecution;

/**
 * {@code galley} for many commands in one process, so that they share one Spark: the arguments of each as a JSON array, a line
 * on stdin; its code, output and errors as a JSON object, a line on stdout. A JSON string is a query, answered as by
 * {@code galley sql -e}; a run must have started Spark before.
 */
final class ManyCommands {
    private ManyCommands() {}

    public static void main(String[] arguments) throws IOException {
        ObjectMapper json = new ObjectMapper();
        PrintStream answers = System.out;
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            JsonNode asked = json.readTree(line);
            Map<String, Object> answer =
                    asked.isTextual() ? query(asked.asText()) : command(json.convertValue(asked, String[].class));
            answers.println(json.writeValueAsString(answer));
            answers.flush();
        }
        Runtime.getRuntime().exit(0);
    }

    private static Map<String, Object> command(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.program(System.getenv()).execute(new PrintWriter(out), new PrintWriter(err), arguments);
        return Map.of("code", code, "out", out.toString(), "err", err.toString());
    }

    private static Map<String, Object> query(String sql) {
        try {
            QueryExecution query = SparkSession.active().sql(sql).queryExecution();
            String rows = HiveResult.hiveResultString(query.executedPlan()).mkString("\n");
            return Map.of("code", 0, "out", rows, "err", "");
        } catch (Exception e) {
            return Map.of("code", 1, "out", "", "err", String.valueOf(e.getMessage()));
        }
    }
}
