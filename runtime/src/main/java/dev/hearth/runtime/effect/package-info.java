/** The outside world: network, files, processes, environment, time, and the gate in front of it. */
@NullMarked
package dev.hearth.runtime.effect;

import org.jspecify.annotations.NullMarked;
