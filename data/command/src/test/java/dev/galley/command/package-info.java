@org.jspecify.annotations.NullMarked
package dev.galley.command;
