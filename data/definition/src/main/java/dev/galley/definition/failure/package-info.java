/** What a failure tells the person who typed the command: its category and what to do next. It imports nothing of ours. */
@NullMarked
package dev.galley.definition.failure;

import org.jspecify.annotations.NullMarked;
