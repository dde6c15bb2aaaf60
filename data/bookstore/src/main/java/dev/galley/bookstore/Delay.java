package dev.galley.bookstore;

/** Time since a birth: whole hours after the hour of birth, seconds after the second of birth. */
record Delay(int hours, int seconds) {
    static Delay hours(int hours) {
        return new Delay(hours, 0);
    }

    static Delay seconds(int seconds) {
        return new Delay(0, seconds);
    }

    long after(long bornAt) {
        return bornAt + hours * Instants.HOUR + seconds;
    }
}
