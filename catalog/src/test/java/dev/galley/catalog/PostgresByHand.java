package dev.galley.catalog;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No test, but a PostgreSQL to try Galley on, until the process is ended: {@code make postgres}. */
@Tag("slow")
class PostgresByHand {
    @Test
    void serves() throws IOException, SQLException, InterruptedException {
        String address = PostgresServer.byHand(Integer.getInteger("port", 54_329));
        System.out.println("PostgreSQL answers on loopback until Ctrl-C. In another terminal:");
        System.out.println("  export GALLEY_CATALOG_URI=" + address + " GALLEY_CATALOG_USER=" + PostgresServer.OWNER);
        System.out.println("  make lakehouse");
        new CountDownLatch(1).await();
    }
}
