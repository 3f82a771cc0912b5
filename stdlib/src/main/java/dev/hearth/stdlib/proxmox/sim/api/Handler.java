package dev.hearth.stdlib.proxmox.sim.api;

import org.jspecify.annotations.Nullable;

/**
 * What an API method does. It runs under the world's lock; what it returns becomes {@code data}:
 * maps, lists, records, texts, numbers, a {@code JsonNode} or {@code null}. It says no with a
 * {@link dev.hearth.stdlib.proxmox.sim.base.Refusal}.
 */
public interface Handler {
  @Nullable Object answer(Call call);
}
