package dev.galley.spec;

import java.util.List;

/** A system to pull from. */
public sealed interface Source permits RestSource {
    String name();

    Place place();

    /** The names of its resources, in the order declared. */
    List<String> resourceNames();
}
