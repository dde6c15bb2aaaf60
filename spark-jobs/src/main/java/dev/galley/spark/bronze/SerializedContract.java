package dev.galley.spark.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.galley.definition.table.Contract;
import java.io.Serializable;

/** A contract on its way to executors, as JSON: it has Optional parts, which Java does not serialize. */
record SerializedContract(String json) implements Serializable {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    static SerializedContract of(Contract contract) {
        try {
            return new SerializedContract(MAPPER.writeValueAsString(contract));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A contract is always JSON", e);
        }
    }

    Contract back() {
        try {
            return MAPPER.readValue(json, Contract.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot read a contract: " + e.getOriginalMessage(), e);
        }
    }
}
