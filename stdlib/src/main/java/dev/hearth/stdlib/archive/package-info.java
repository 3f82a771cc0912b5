/** The module {@code hearth:archive}. */
@NullMarked
package dev.hearth.stdlib.archive;

import org.jspecify.annotations.NullMarked;
