/**
 * What a Proxmox VE says its own methods take, and what is wrong with a call before it is sent. It
 * comes from a server, so it is read strictly and believed in little: it can make Hearth refuse a
 * call, and nothing else.
 */
@NullMarked
package dev.hearth.stdlib.proxmox.schema;

import org.jspecify.annotations.NullMarked;
