@NullMarked
package dev.hearth.runtime.effect.http;

import org.jspecify.annotations.NullMarked;
