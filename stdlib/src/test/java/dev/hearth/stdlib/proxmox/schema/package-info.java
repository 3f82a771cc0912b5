@NullMarked
package dev.hearth.stdlib.proxmox.schema;

import org.jspecify.annotations.NullMarked;
