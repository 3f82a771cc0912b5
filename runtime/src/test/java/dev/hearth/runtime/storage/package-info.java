@NullMarked
package dev.hearth.runtime.storage;

import org.jspecify.annotations.NullMarked;
