/** The shipped recipes, run against the simulators. */
@NullMarked
package dev.hearth.recipes;

import org.jspecify.annotations.NullMarked;
