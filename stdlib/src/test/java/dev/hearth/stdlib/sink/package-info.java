@NullMarked
package dev.hearth.stdlib.sink;

import org.jspecify.annotations.NullMarked;
