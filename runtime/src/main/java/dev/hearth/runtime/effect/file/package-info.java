/** Files and folders of this machine, reached so that a link swapped in between leads nowhere. */
@NullMarked
package dev.hearth.runtime.effect.file;

import org.jspecify.annotations.NullMarked;
