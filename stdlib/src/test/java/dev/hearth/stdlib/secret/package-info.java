@NullMarked
package dev.hearth.stdlib.secret;

import org.jspecify.annotations.NullMarked;
