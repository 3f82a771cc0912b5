@NullMarked
package dev.hearth.stdlib.proxmox.config;

import org.jspecify.annotations.NullMarked;
