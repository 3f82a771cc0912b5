/** The module {@code hearth:test}: tests of recipes, written as recipes are. */
@NullMarked
package dev.hearth.stdlib.test;

import org.jspecify.annotations.NullMarked;
