package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.definition.table.ValueFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a boolean out of the two values that say it, texts or whole numbers, to the letter. */
final class WordsReader implements ValueReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ValueFormat.Words words;
    private final JsonNode yes;
    private final JsonNode no;

    WordsReader(ValueFormat.Words words) {
        this.words = words;
        try {
            this.yes = JSON.readTree(words.yes());
            this.no = JSON.readTree(words.no());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("words that are no JSON: " + words, e);
        }
    }

    @Override
    public @Nullable Object read(Reading reading, JsonToken token) throws IOException {
        if (says(yes, reading, token)) {
            return true;
        }
        if (says(no, reading, token)) {
            return false;
        }
        return reading.mistyped(token, words.yes() + " or " + words.no());
    }

    private static boolean says(JsonNode word, Reading reading, JsonToken token) throws IOException {
        JsonToken kind = word.isTextual() ? JsonToken.VALUE_STRING : JsonToken.VALUE_NUMBER_INT;
        return token == kind && word.asText().equals(reading.json().getText());
    }
}
