/** A stand-in for the distributions' mirrors. */
@NullMarked
package dev.hearth.stdlib.images.sim;

import org.jspecify.annotations.NullMarked;
