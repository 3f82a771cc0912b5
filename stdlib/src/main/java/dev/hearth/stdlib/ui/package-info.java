/** The module {@code hearth:ui}. */
@NullMarked
package dev.hearth.stdlib.ui;

import org.jspecify.annotations.NullMarked;
