package dev.galley.ingest.cli;
class PrintVerbsTest {
    @org.junit.jupiter.api.Test
    void print() throws Exception { dev.galley.command.PrintVerbs.print(Main.program(java.util.Map.of()), "ingest.jar"); }
}
