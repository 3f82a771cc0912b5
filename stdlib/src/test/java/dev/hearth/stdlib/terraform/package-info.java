@NullMarked
package dev.hearth.stdlib.terraform;

import org.jspecify.annotations.NullMarked;
