@NullMarked
package dev.hearth.stdlib.proxmox;

import org.jspecify.annotations.NullMarked;
