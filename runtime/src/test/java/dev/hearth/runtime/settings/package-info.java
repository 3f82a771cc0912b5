@NullMarked
package dev.hearth.runtime.settings;

import org.jspecify.annotations.NullMarked;
