/**
 * The module {@code hearth:proxmox}: how to reach a Proxmox VE, what recipes can do with it, and
 * how it says no. The simulator stands below and knows nothing of this package.
 */
@NullMarked
package dev.hearth.stdlib.proxmox;

import org.jspecify.annotations.NullMarked;
