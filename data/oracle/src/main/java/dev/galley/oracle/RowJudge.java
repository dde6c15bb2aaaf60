package dev.galley.oracle;

import dev.galley.oracle.pipeline.Check;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why rows are refused before they are written.
 *
 * @param required columns without which a row has no place
 * @param tables how the tables stand that rows may find their partners in
 */
record RowJudge(Table.Model model, List<String> required, Map<String, TableState> tables) {
    /** Of each row every reason. A partner may be in the table, or come with it and not be refused itself. */
    List<Set<String>> reasons(List<Row> arrived, List<Row> before) {
        List<Set<String>> reasons = new ArrayList<>();
        arrived.forEach(row -> reasons.add(alone(row)));
        int refused = -1;
        while (refused != count(reasons)) {
            refused = count(reasons);
            List<Row> there = new ArrayList<>(before);
            for (int i = 0; i < arrived.size(); i++) {
                if (reasons.get(i).isEmpty()) {
                    there.add(arrived.get(i));
                }
            }
            for (int i = 0; i < arrived.size(); i++) {
                for (Check check : model.checks()) {
                    if (ofItself(check) && check.refuses(arrived.get(i), there)) {
                        reasons.get(i).add(check.name());
                    }
                }
            }
        }
        return reasons;
    }

    private Set<String> alone(Row row) {
        Set<String> reasons = new TreeSet<>();
        if (required.stream().anyMatch(column -> row.get(column) == null)) {
            reasons.add("key");
        }
        for (Check check : model.checks()) {
            if (check.quarantines() && !ofItself(check) && check.refuses(row, partners(check))) {
                reasons.add(check.name());
            }
        }
        return reasons;
    }

    private List<Row> partners(Check check) {
        return check.rule() instanceof Check.Partner partner
                ? tables.getOrDefault(partner.table(), TableState.NEW).rows()
                : List.of();
    }

    private boolean ofItself(Check check) {
        return check.quarantines()
                && check.rule() instanceof Check.Partner partner
                && partner.table().equals(model.name());
    }

    private static int count(List<Set<String>> reasons) {
        return (int) reasons.stream().filter(r -> !r.isEmpty()).count();
    }
}
