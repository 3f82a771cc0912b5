@NullMarked
package dev.hearth.stdlib.docker.compose;

import org.jspecify.annotations.NullMarked;
