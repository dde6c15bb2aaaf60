package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Held from {@link Leases#acquire} until closed or {@linkplain #isLost() lost}. Closing twice does nothing more. A lease that the
 * database does not take back when it is closed runs out by itself; that is no failure of the run, which may have published.
 */
final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Leases leases;
    private final String pipeline;
    private final RunId run;
    private final long token;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean lost = new AtomicBoolean();
    private final Thread heart;

    Lease(Leases leases, String pipeline, RunId run, long token, Duration life) {
        this.leases = leases;
        this.pipeline = pipeline;
        this.run = run;
        this.token = token;
        this.heart = new Thread(() -> beat(life.toMillis() / 4), "galley-lease-" + pipeline);
        heart.setDaemon(true);
        heart.start();
    }

    String pipeline() {
        return pipeline;
    }

    RunId run() {
        return run;
    }

    /** What a publication must show; higher with every taking. */
    long token() {
        return token;
    }

    /** Whether another run took over. Once true it stays so, and whatever this run still does can not be published. */
    boolean isLost() {
        return lost.get();
    }

    private void beat(long everyMillis) {
        try {
            while (!closing.await(everyMillis, TimeUnit.MILLISECONDS)) {
                if (!renewed()) {
                    lost.set(true);
                    LOG.warn("Run {} lost the lease of pipeline {}; it can not publish any more", run, pipeline);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database that does not answer is not a lost lease: the next beat asks again. */
    private boolean renewed() {
        try {
            return leases.renewed(pipeline, run, token);
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Cannot renew the lease of pipeline {}: {}", pipeline, e.getMessage());
            return true;
        }
    }

    @Override
    public void close() {
        if (closing.getCount() == 0) {
            return;
        }
        closing.countDown();
        try {
            heart.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            leases.release(pipeline, run, token);
        } catch (CatalogException e) {
            LOG.warn("The lease of pipeline {} is left to run out: {}", pipeline, e.getMessage());
        }
    }
}
