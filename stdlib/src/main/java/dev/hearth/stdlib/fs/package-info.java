/** The module {@code hearth:fs}. */
@NullMarked
package dev.hearth.stdlib.fs;

import org.jspecify.annotations.NullMarked;
