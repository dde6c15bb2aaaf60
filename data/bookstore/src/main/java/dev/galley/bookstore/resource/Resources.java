package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.FeedResource;
import dev.galley.bookstore.list.FixedListResource;
import dev.galley.bookstore.list.PagingStyle;
import dev.galley.bookstore.list.Resource;
import dev.galley.bookstore.world.World;
import java.util.List;

/** All resources of the API. */
public final class Resources {
    private Resources() {}

    /** The resources of a world, each in its own way of paging. */
    public static List<Resource> of(World world) {
        UnchangingLists unchanging = new UnchangingLists(world);
        CartFeed carts = new CartFeed(world);
        OrderFeed orders = new OrderFeed(world);
        PaymentFeed payments = new PaymentFeed(world);
        ShipmentFeed shipments = new ShipmentFeed(world);
        return List.of(
                new FixedListResource("books", new BookList(world), PagingStyle.PAGE),
                new FixedListResource("authors", unchanging.authors(), PagingStyle.FLAG),
                new FixedListResource("offers", new OfferList(world), PagingStyle.OFFSET),
                new FixedListResource("vendors", unchanging.vendors(), PagingStyle.WHOLE),
                new FixedListResource("stores", unchanging.stores(), PagingStyle.WHOLE),
                new FixedListResource("salespeople", unchanging.salespeople(), PagingStyle.WHOLE),
                new FixedListResource("jurisdictions", UnchangingLists.jurisdictions(), PagingStyle.WHOLE),
                new FixedListResource("tax_rules", TaxRuleList.of(world.taxes()), PagingStyle.WHOLE),
                new FeedResource("customers", new CustomerFeed(world), PagingStyle.KEYSET),
                new FeedResource("carts", carts, PagingStyle.NEXT_URL),
                new FeedResource("orders", orders, PagingStyle.LINK),
                new FeedResource("payments", payments, PagingStyle.BODY),
                new FeedResource("shipments", shipments, PagingStyle.HEADER),
                new FxRateResource(world.rates()),
                new ChangeResource(world, List.of(carts, orders, payments, shipments)));
    }
}
