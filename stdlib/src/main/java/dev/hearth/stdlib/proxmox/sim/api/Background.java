package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes on in a world without being called: it catches up before each call is answered. */
public interface Background {
  /** How it calls methods, as root. */
  interface Root {
    @Nullable Object call(String verb, String path, Map<String, String> params);
  }

  /** Does what has become due. */
  void catchUp(World world, Root root);
}
