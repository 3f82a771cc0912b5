/** The module {@code hearth:log}. */
@NullMarked
package dev.hearth.stdlib.log;

import org.jspecify.annotations.NullMarked;
