/** The module {@code hearth:events}. */
@NullMarked
package dev.hearth.stdlib.events;

import org.jspecify.annotations.NullMarked;
