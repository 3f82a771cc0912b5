@NullMarked
package dev.hearth.stdlib.ssh;

import org.jspecify.annotations.NullMarked;
