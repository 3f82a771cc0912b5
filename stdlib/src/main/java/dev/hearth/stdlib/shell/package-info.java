/** The module {@code hearth:shell}. */
@NullMarked
package dev.hearth.stdlib.shell;

import org.jspecify.annotations.NullMarked;
