/** The module {@code hearth:csv}. */
@NullMarked
package dev.hearth.stdlib.csv;

import org.jspecify.annotations.NullMarked;
