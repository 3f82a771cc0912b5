@NullMarked
package dev.hearth.stdlib.docker;

import org.jspecify.annotations.NullMarked;
