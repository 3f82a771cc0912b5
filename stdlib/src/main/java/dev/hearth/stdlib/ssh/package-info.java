/** The module {@code hearth:ssh}. */
@NullMarked
package dev.hearth.stdlib.ssh;

import org.jspecify.annotations.NullMarked;
