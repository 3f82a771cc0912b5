/** The module {@code hearth:net}. */
@NullMarked
package dev.hearth.stdlib.net;

import org.jspecify.annotations.NullMarked;
