package dev.galley.bookstore.world;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words that names, titles and addresses are made of, by what they are: the lists of {@code words.json}. */
public final class WordLists {
    private static final Map<String, List<String>> LISTS = read();

    private WordLists() {}

    /** Gives the words of a list; empty if there is no list of that name. */
    public static Optional<List<String>> find(String list) {
        return Optional.ofNullable(LISTS.get(list));
    }

    /** Gives the words of a list that is there. */
    public static List<String> of(String list) {
        return find(list).orElseThrow(() -> new IllegalArgumentException("words.json has no list " + list));
    }

    /** Picks a word of a list by a number of any size from 0. */
    static String pick(String list, int number) {
        return pick(of(list), number);
    }

    static String pick(List<String> words, int number) {
        return words.get(number % words.size());
    }

    private static Map<String, List<String>> read() {
        try (InputStream words = WordLists.class.getResourceAsStream("/words.json")) {
            return new JsonMapper().readValue(words, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource words.json", e);
        }
    }
}
