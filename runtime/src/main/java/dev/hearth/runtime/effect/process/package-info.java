/** Child processes of this machine, ended with all that they started. */
@NullMarked
package dev.hearth.runtime.effect.process;

import org.jspecify.annotations.NullMarked;
