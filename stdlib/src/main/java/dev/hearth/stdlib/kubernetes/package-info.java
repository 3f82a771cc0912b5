/** Kubernetes clusters, as {@code hearth:kubernetes}. */
@NullMarked
package dev.hearth.stdlib.kubernetes;

import org.jspecify.annotations.NullMarked;
