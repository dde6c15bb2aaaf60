/**
 * Reads {@code galley.yml} and the environment as {@link Settings}; {@link SettingsReader} is the door. Imports the yaml package
 * only.
 */
@NullMarked
package dev.galley.definition.settings;

import org.jspecify.annotations.NullMarked;
