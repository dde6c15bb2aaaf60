package dev.galley.landing;

/** An object as a listing shows it. {@code size} is in bytes. */
public record ObjectInfo(String key, long size) {}
