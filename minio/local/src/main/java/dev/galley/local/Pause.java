package dev.galley.local;

final class Pause {
    private Pause() {}

    /** Waits; ends early, with the thread marked again, when it is interrupted: as an error, so that no loop goes on. */
    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("Interrupted while waiting for a local server", e);
        }
    }
}
