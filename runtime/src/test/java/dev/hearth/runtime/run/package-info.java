@NullMarked
package dev.hearth.runtime.run;

import org.jspecify.annotations.NullMarked;
