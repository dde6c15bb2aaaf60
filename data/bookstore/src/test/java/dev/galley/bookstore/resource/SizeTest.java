package dev.galley.bookstore.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.bookstore.list.Feed;
import dev.galley.bookstore.list.FeedPage;
import dev.galley.bookstore.list.FlawedRecords;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.WorldSettings;
import dev.galley.bookstore.world.chance.EntityIds;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a page costs in a world of ten million orders, in records that are looked at. */
class SizeTest {
    private static final int LIMIT = 250;
    private static final int DAYS = 90;

    private final World world = World.of(new WorldSettings(7, LocalDate.of(2026, 1, 1), DAYS, 111_112, 1));
    private final WorldView view =
            new WorldView(world, world.settings().firstNow(), FlawedRecords.NONE, Optional.empty(), flaw -> {});

    /** Counts what a page makes its feed say. */
    private static final class Counted implements Feed {
        private final Feed feed;
        private long looked;
        private int buckets;

        Counted(Feed feed) {
            this.feed = feed;
        }

        @Override
        public long firstBucket() {
            return feed.firstBucket();
        }

        @Override
        public long bucketOf(long epochSecond) {
            return feed.bucketOf(epochSecond);
        }

        @Override
        public void collect(long bucket, WorldView view, List<Entry> into) {
            int before = into.size();
            feed.collect(bucket, view, into);
            looked += into.size() - before;
            buckets++;
        }

        @Override
        public EntityIds ids() {
            return feed.ids();
        }

        @Override
        public Optional<Entry> find(OptionalLong number, WorldView view) {
            return feed.find(number, view);
        }

        @Override
        public void write(JsonWriter json, Entry entry, WorldView view) {
            throw new AssertionError("a page is found before it is written");
        }
    }

    @Test
    void tenMillionOrdersCostNoMoreOnTheLastPageThanOnTheFirst() {
        assertThat(world.orders().bornBy(view.now())).isGreaterThanOrEqualTo(10_000_000);
        for (Feed feed :
                List.of(new OrderFeed(world), new PaymentFeed(world), new ShipmentFeed(world), new CartFeed(world))) {
            long hour = 3_600;
            long begin = world.settings().origin();
            List<Long> costs = new ArrayList<>();
            for (long since :
                    new long[] {Long.MIN_VALUE, begin + 20 * 24 * hour, begin + 60 * 24 * hour, view.now() - 2 * hour
                    }) {
                Counted counted = new Counted(feed);
                FeedPage page = FeedPage.of(counted, view, since, Optional.empty(), LIMIT);
                assertThat(page.entries()).hasSize(LIMIT);
                assertThat(page.more()).isTrue();
                assertThat(counted.buckets).isLessThan(40);
                costs.add(counted.looked);
            }
            assertThat(costs).allSatisfy(cost -> assertThat(cost).isLessThan(60_000));
        }
    }

    @Test
    void anOrderIsFoundByItsIdWithoutLookingAtAnother() {
        OrderFeed orders = new OrderFeed(world);
        for (long number : new long[] {0, 4_999_999, 9_999_999}) {
            assertThat(orders.find(OptionalLong.of(number), view)).hasValueSatisfying(entry -> {
                assertThat(entry.number()).isEqualTo(number);
                assertThat(orders.ids().indexOf(orders.ids().text(number))).hasValue(number);
            });
        }
        assertThat(orders.find(OptionalLong.of(20_000_000), view)).isEmpty();
    }
}
