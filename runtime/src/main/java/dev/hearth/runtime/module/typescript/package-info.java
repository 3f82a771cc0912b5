/** Takes the types out of TypeScript, leaving JavaScript with every character where it was. */
@NullMarked
package dev.hearth.runtime.module.typescript;

import org.jspecify.annotations.NullMarked;
