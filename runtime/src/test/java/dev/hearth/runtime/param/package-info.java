@NullMarked
package dev.hearth.runtime.param;

import org.jspecify.annotations.NullMarked;
