package dev.galley.bookstore.world.chance;

import java.util.List;

/**
 * When the records of one kind change. Each member of a population leads to some records, and each of these goes through
 * the steps of its track; which tracks there are follows from the member's number modulo the number of slots. So what
 * changed in an hour is a few arithmetic subsets of the births of other hours, and nothing else is looked at. Record p
 * of member n has the number n * places + p.
 */
public final class ChangeSchedule {
    private final Population population;
    private final int places;
    private final List<List<List<Delay>>> tracksBySlot;
    private final Choice choice;

    /** Whether a member has the record at a place; where a slot leaves it open. */
    @FunctionalInterface
    public interface Choice {
        boolean has(long member, int place);
    }

    @FunctionalInterface
    public interface Reader {
        /** Told that a record enters a step of its track at an epoch second. */
        void read(long number, int step, long at);
    }

    /**
     * @param places more than there are tracks in any slot
     * @param tracksBySlot for each slot the tracks of its records, in the order of their places
     */
    public ChangeSchedule(Population population, int places, List<List<List<Delay>>> tracksBySlot, Choice choice) {
        this.population = population;
        this.places = places;
        this.tracksBySlot = List.copyOf(tracksBySlot);
        this.choice = choice;
    }

    /** One in which each member has all records of its slot. */
    public ChangeSchedule(Population population, int places, List<List<List<Delay>>> tracksBySlot) {
        this(population, places, tracksBySlot, (member, place) -> true);
    }

    public long hourOf(long epochSecond) {
        return population.hourOf(epochSecond);
    }

    /** The records whose newest step by now lies in the hour, in no order. */
    public void newest(long hour, long now, Reader reader) {
        forEachStep((slot, place, step) -> {
            List<Delay> track = tracksBySlot.get(slot).get(place);
            long birth = hour - track.get(step).hours();
            boolean last = step == track.size() - 1;
            if (last || birth + track.get(step + 1).hours() >= hourOf(now)) {
                members(birth, slot, (number, bornAt) -> {
                    boolean over = !last && track.get(step + 1).after(bornAt) <= now;
                    tell(number, place, step, track.get(step).after(bornAt), over ? Long.MIN_VALUE : now, reader);
                });
            }
        });
    }

    /** All steps that lie in the hour and are entered by now, in no order. */
    public void all(long hour, long now, Reader reader) {
        forEachStep((slot, place, step) -> {
            Delay entered = tracksBySlot.get(slot).get(place).get(step);
            members(
                    hour - entered.hours(),
                    slot,
                    (number, bornAt) -> tell(number, place, step, entered.after(bornAt), now, reader));
        });
    }

    /** The newest step that a record has entered by now; -1 if there is no such record by then. */
    public int stepAt(long number, long now) {
        long member = number / places;
        int place = (int) (number % places);
        List<List<Delay>> tracks = tracksBySlot.get(slot(member));
        if (place >= tracks.size() || !choice.has(member, place)) {
            return -1;
        }
        long bornAt = population.bornAt(member);
        int step = tracks.get(place).size() - 1;
        while (step >= 0 && tracks.get(place).get(step).after(bornAt) > now) {
            step--;
        }
        return step;
    }

    /** When an existing record enters a step. */
    public long at(long number, int step) {
        long member = number / places;
        return tracksBySlot
                .get(slot(member))
                .get((int) (number % places))
                .get(step)
                .after(population.bornAt(member));
    }

    private interface StepReader {
        void read(int slot, int place, int step);
    }

    private interface MemberReader {
        void read(long member, long bornAt);
    }

    private void forEachStep(StepReader reader) {
        for (int slot = 0; slot < tracksBySlot.size(); slot++) {
            List<List<Delay>> tracks = tracksBySlot.get(slot);
            for (int place = 0; place < tracks.size(); place++) {
                for (int step = 0; step < tracks.get(place).size(); step++) {
                    reader.read(slot, place, step);
                }
            }
        }
    }

    private void members(long birthHour, int slot, MemberReader reader) {
        int slots = tracksBySlot.size();
        long end = population.arrivals().before(birthHour + 1);
        long begin = population.arrivals().before(birthHour);
        for (long member = begin + Math.floorMod(slot - begin, (long) slots); member < end; member += slots) {
            reader.read(member, population.bornAt(member, birthHour));
        }
    }

    private void tell(long member, int place, int step, long at, long now, Reader reader) {
        if (at <= now && choice.has(member, place)) {
            reader.read(member * places + place, step, at);
        }
    }

    private int slot(long member) {
        return (int) (member % tracksBySlot.size());
    }
}
