/** Reading and finding what recipes are made of, without running any of it. */
@NullMarked
package dev.hearth.runtime.module;

import org.jspecify.annotations.NullMarked;
