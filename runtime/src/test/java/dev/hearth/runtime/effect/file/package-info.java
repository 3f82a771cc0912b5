@NullMarked
package dev.hearth.runtime.effect.file;

import org.jspecify.annotations.NullMarked;
