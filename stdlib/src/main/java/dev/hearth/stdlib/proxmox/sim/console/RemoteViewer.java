package dev.hearth.stdlib.proxmox.sim.console;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import java.util.Locale;

/** What {@code remote-viewer} takes to show a console by SPICE, as Proxmox writes it. */
final class RemoteViewer {
  private RemoteViewer() {}

  /**
   * A file of its.
   *
   * @param guest its id; 0 for the node itself
   * @param authority the certificate that it trusts
   */
  static Item of(Call call, String title, int guest, int port, String authority) {
    var node = call.node();
    var stamp = String.format(Locale.ROOT, "%08x", call.world().now());
    var place = "pvespiceproxy:" + stamp + ":" + guest + ":" + node + ":" + port;
    var tickets = call.world().tickets();
    var secret = tickets.console(place + call.world().dice().hex(8), call.user());
    var proxy = call.params().text("proxy", node);
    return Item.of("type", "spice")
        .with("title", title)
        .with(
            "host",
            (place + "::" + Digests.sha1(tickets.console(place, ""))).toLowerCase(Locale.ROOT))
        .with("proxy", "http://" + (proxy.contains(":") ? "[" + proxy + "]" : proxy) + ":3128")
        .with("tls-port", port)
        .with("host-subject", "OU=PVE Cluster Node,O=Proxmox Virtual Environment,CN=" + node)
        .with("ca", authority.replace("\n", "\\n"))
        .with("password", Digests.sha1(secret))
        .with("secure-attention", "Ctrl+Alt+Ins")
        .with("toggle-fullscreen", "Shift+F11")
        .with("release-cursor", "Ctrl+Alt+R")
        .with("delete-this-file", 1);
  }
}
