@NullMarked
package dev.hearth.runtime.module;

import org.jspecify.annotations.NullMarked;
