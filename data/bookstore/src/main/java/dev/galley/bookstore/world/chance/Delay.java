package dev.galley.bookstore.world.chance;

/** Time since a birth: whole hours after the hour of birth, seconds after the second of birth. */
public record Delay(int hours, int seconds) {
    public static Delay hours(int hours) {
        return new Delay(hours, 0);
    }

    public static Delay seconds(int seconds) {
        return new Delay(0, seconds);
    }

    public long after(long bornAt) {
        return bornAt + hours * Instants.HOUR + seconds;
    }
}
