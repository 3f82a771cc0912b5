package dev.hearth.recipes;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.stdlib.proxmox.ProxmoxBinding;
import java.util.List;
import java.util.ServiceLoader;

/** All modules, with a Proxmox of a test's own. */
final class SimulatedProxmox {
  private SimulatedProxmox() {}

  static List<Binding> among(ProxmoxBinding proxmox) {
    return ServiceLoader.load(Binding.class).stream()
        .map(ServiceLoader.Provider::get)
        .map(binding -> binding instanceof ProxmoxBinding ? proxmox : binding)
        .toList();
  }
}
