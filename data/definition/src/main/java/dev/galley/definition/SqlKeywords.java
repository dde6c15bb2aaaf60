package dev.galley.definition;

import java.util.Set;

/** The words that ANSI SQL keeps for itself: tables of these names would need quotes in every statement. */
final class SqlKeywords {
    private static final Set<String> RESERVED = Set.of(("all and anti any as authorization between both by case cast"
                    + " check collate column constraint create cross current_date current_time current_timestamp"
                    + " current_user date default delete describe distinct drop else end escape except exists false"
                    + " fetch filter for foreign from full function grant group having in inner insert intersect"
                    + " interval into is join lateral leading left like limit minus natural not null offset on only or"
                    + " order outer overlaps partition primary references right select semi session_user set some"
                    + " table then time timestamp to trailing true truncate union unique unknown update user using"
                    + " values view when where with")
            .split(" "));

    private SqlKeywords() {}

    static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }
}
