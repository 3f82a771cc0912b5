/** What Compose files mean: reading, variables, overrides, and the model that comes of it. */
@NullMarked
package dev.hearth.stdlib.docker.compose;

import org.jspecify.annotations.NullMarked;
