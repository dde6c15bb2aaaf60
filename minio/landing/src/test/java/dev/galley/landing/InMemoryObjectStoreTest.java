package dev.galley.landing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InMemoryObjectStoreTest extends ObjectStoreContract {
    private final ObjectStore store = new InMemoryObjectStore("memory");

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void itsLocationNamesTheBucket() {
        assertThat(store.location()).isEqualTo("s3://memory");
    }
}
