@NullMarked
package dev.hearth.runtime.module.typescript;

import org.jspecify.annotations.NullMarked;
