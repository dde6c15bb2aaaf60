package dev.galley.store;

final class RealMinioContractTest extends ServerContract {
    RealMinioContractTest() {
        super(LocalStore.Choice.MINIO);
    }
}
