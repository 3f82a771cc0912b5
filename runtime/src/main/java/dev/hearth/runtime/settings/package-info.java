/**
 * Where Hearth keeps its own things, how it reaches systems, and how it is set up; each value with
 * its origin.
 */
@NullMarked
package dev.hearth.runtime.settings;

import org.jspecify.annotations.NullMarked;
