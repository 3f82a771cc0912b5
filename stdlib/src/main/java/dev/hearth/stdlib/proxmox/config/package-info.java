/**
 * How Proxmox VE writes and reads configuration values: what each key may hold, in which words it
 * refuses, and what it writes back. Knows neither the wire nor the simulator, so that both ends use
 * it: the simulator to answer, the binding to compare what is wanted with what is there.
 */
@NullMarked
package dev.hearth.stdlib.proxmox.config;

import org.jspecify.annotations.NullMarked;
