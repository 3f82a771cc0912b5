@NullMarked
package dev.hearth.runtime.secret;

import org.jspecify.annotations.NullMarked;
