/** Random input for whatever reads what others wrote. */
@NullMarked
package dev.hearth.stdlib.fuzz;

import org.jspecify.annotations.NullMarked;
