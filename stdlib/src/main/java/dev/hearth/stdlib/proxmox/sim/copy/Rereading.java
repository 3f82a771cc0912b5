package dev.hearth.stdlib.proxmox.sim.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks a copy all that its original answered. A world that breaks on it holds something that no
 * Proxmox says, and is found out here and not by who works with it.
 */
final class Rereading {
  private final ProxmoxSimulator simulator;
  private final Map<String, String> root;

  Rereading(World world) {
    this.simulator = new ProxmoxSimulator(world, ImageSource.none());
    this.root =
        world
            .lock()
            .holding(
                () ->
                    Map.of(
                        "Cookie", "PVEAuthCookie=" + encoded(world.tickets().issue("root@pam"))));
  }

  void of(Collection<Ask> asked) {
    for (var ask : asked) {
      try {
        var _ = simulator.answer(SimRequest.of("GET", target(ask), root));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        throw Told.unexpected(ask, "something that no Proxmox says").causedBy(e);
      }
    }
  }

  private static String target(Ask ask) {
    var path = ask.segments().stream().map(s -> "/" + encoded(s)).collect(Collectors.joining());
    var query =
        ask.params().entrySet().stream()
            .map(param -> encoded(param.getKey()) + "=" + encoded(param.getValue()))
            .collect(Collectors.joining("&"));
    return "/api2/json" + path + (query.isEmpty() ? "" : "?" + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
