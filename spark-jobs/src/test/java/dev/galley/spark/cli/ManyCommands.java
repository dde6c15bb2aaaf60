package dev.galley.spark.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code galley} for many commands in one process, so that they share one Spark: the arguments of each as a JSON array, a line
 * on stdin; its code, output and errors as a JSON object, a line on stdout.
 */
final class ManyCommands {
    private ManyCommands() {}

    public static void main(String[] arguments) throws IOException {
        ObjectMapper json = new ObjectMapper();
        PrintStream answers = System.out;
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int code = Main.execute(
                    System.getenv(), new PrintWriter(out), new PrintWriter(err), json.readValue(line, String[].class));
            answers.println(
                    json.writeValueAsString(Map.of("code", code, "out", out.toString(), "err", err.toString())));
            answers.flush();
        }
        Runtime.getRuntime().exit(0);
    }
}
