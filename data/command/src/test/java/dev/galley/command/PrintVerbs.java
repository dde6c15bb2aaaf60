package dev.galley.command;

import com.fasterxml.jackson.databind.json.JsonMapper;

public final class PrintVerbs {
    public static void print(Program program, String jar) throws Exception {
        for (var verb : program.line().getSubcommands().values()) {
            String of = verb.getCommand().getClass().getPackage() == Program.class.getPackage() ? "" : jar;
            System.out.println("VERB " + JsonMapper.builder().build().writeValueAsString(VerbList.Entry.of(of, verb)));
        }
    }
}
