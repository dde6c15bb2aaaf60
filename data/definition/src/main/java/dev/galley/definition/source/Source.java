package dev.galley.definition.source;

import dev.galley.definition.yaml.FileLocation;
import java.util.List;

/** A system to pull from. */
public sealed interface Source permits RestSource {
    String name();

    FileLocation place();

    /** The names of its resources, in the order declared. */
    List<String> resourceNames();

    /** Whether a batch of a resource holds what is new only, not the whole list; false for one that it does not have. */
    boolean bringsParts(String resource);
}
