/**
 * The one gate in front of all effects: what is asked for, what it resolves to, who asked, how much
 * of it at once, and the record of it.
 */
@NullMarked
package dev.hearth.runtime.effect.gate;

import org.jspecify.annotations.NullMarked;
