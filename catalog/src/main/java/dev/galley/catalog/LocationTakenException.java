package dev.galley.catalog;

/** Two tables would keep their files in one place: what one deletes the other may need. */
final class LocationTakenException extends CatalogException {
    private static final long serialVersionUID = 1L;

    LocationTakenException(String table, String location, CatalogEntry taken) {
        super("Cannot create " + table + " at " + location + ": " + taken + " keeps its files there; give the new table"
                + " another location, or drop " + taken + " first");
    }
}
