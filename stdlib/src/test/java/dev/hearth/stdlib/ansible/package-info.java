@NullMarked
package dev.hearth.stdlib.ansible;

import org.jspecify.annotations.NullMarked;
