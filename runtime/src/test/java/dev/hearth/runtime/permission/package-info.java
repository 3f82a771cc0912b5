@NullMarked
package dev.hearth.runtime.permission;

import org.jspecify.annotations.NullMarked;
