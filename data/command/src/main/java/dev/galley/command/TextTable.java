package dev.galley.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in columns as wide as they need. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        return rows.stream().map(this::line).collect(Collectors.joining());
    }

    private String line(List<String> row) {
        return IntStream.range(0, row.size())
                        .mapToObj(column -> padded(row.get(column), width(column)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing()
                + System.lineSeparator();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    /** Numbers stand at the right. */
    private static String padded(String cell, int width) {
        String space = " ".repeat(width - cell.length());
        return cell.matches("[0-9,.]+") ? space + cell : cell + space;
    }
}
