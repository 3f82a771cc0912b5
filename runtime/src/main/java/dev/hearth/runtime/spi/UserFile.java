package dev.hearth.runtime.spi;

import java.nio.file.Path;

/**
 * What the user wrote down for one binding, in Hearth's config folder; see {@link
 * Binding#userFile}.
 *
 * @param path as messages name it
 */
public record UserFile(Path path, String text) {}
