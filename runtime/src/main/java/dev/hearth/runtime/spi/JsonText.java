package dev.hearth.runtime.spi;

/**
 * The result of an operation that is JSON already, so that nobody writes it a second time.
 *
 * @param json one JSON value
 */
public record JsonText(String json) {}
