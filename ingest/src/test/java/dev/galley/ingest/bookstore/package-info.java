@org.jspecify.annotations.NullMarked
package dev.galley.ingest.bookstore;
