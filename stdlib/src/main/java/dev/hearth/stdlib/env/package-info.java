/** The module {@code hearth:env}. */
@NullMarked
package dev.hearth.stdlib.env;

import org.jspecify.annotations.NullMarked;
