package dev.galley.catalog;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the catalog's database; the caller closes them. */
@FunctionalInterface
public interface Connections {
    Connection open() throws SQLException;
}
