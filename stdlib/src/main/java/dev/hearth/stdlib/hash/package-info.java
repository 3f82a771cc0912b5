/** The module {@code hearth:hash}. */
@NullMarked
package dev.hearth.stdlib.hash;

import org.jspecify.annotations.NullMarked;
