/** The module {@code hearth:time}. */
@NullMarked
package dev.hearth.stdlib.time;

import org.jspecify.annotations.NullMarked;
