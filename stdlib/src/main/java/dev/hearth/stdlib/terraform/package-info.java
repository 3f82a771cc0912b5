/** {@code hearth:terraform}: Terraform and OpenTofu, through their machine-readable interfaces. */
@NullMarked
package dev.hearth.stdlib.terraform;

import org.jspecify.annotations.NullMarked;
