@NullMarked
package dev.hearth.runtime.engine;

import org.jspecify.annotations.NullMarked;
