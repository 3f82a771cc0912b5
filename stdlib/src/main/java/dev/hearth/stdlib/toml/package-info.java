/** The module {@code hearth:toml}. */
@NullMarked
package dev.hearth.stdlib.toml;

import org.jspecify.annotations.NullMarked;
