/** The module {@code hearth:templates}: what a template is to be, and how it is built. */
@NullMarked
package dev.hearth.stdlib.templates;

import org.jspecify.annotations.NullMarked;
