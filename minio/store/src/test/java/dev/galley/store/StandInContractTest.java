package dev.galley.store;

final class StandInContractTest extends ServerContract {
    StandInContractTest() {
        super(LocalStore.Choice.STAND_IN);
    }

    @Override
    protected boolean replacesWhole() {
        return false;
    }
}
