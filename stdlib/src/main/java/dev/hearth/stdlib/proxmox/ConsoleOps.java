package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.spi.Op;
import dev.hearth.stdlib.proxmox.Console.Place;
import dev.hearth.stdlib.proxmox.Console.Way;
import org.jspecify.annotations.Nullable;

/** Consoles of VMs, containers and nodes. */
final class ConsoleOps {
  private final ProxmoxConnection connection;
  private final Guests guests;

  ConsoleOps(ProxmoxConnection connection, Guests guests) {
    this.connection = connection;
    this.guests = guests;
  }

  record OfGuest(
      @Nullable GuestType guest,
      @JsonDeserialize(using = VmidReader.class) long vmid,
      @Nullable String node,
      Way type,
      @Nullable ObjectNode params) {}

  @Op(writes = true)
  Console openConsole(OfGuest request) {
    var guest = GuestType.of(request.guest());
    var node = guests.inventory(guest).nodeOf(request.vmid(), request.node());
    var path = ApiPath.of("nodes", node, guest.word(), request.vmid());
    var kind = guest == GuestType.VM ? "kvm" : "lxc";
    var at = new Place(connection.place().toString(), path, node, kind, request.vmid());
    return opened(
        at, request.type(), proxy(request.type(), "vncproxy", "spiceproxy"), request.params());
  }

  record OfNode(String node, Way type, @Nullable ObjectNode params) {}

  @Op(writes = true)
  Console openNodeConsole(OfNode request) {
    var path = ApiPath.of("nodes", request.node());
    var at = new Place(connection.place().toString(), path, request.node(), "shell", null);
    return opened(
        at, request.type(), proxy(request.type(), "vncshell", "spiceshell"), request.params());
  }

  private static String proxy(Way way, String vnc, String spice) {
    return switch (way) {
      case VNC -> vnc;
      case TERM -> "termproxy";
      case SPICE -> spice;
    };
  }

  private Console opened(Place at, Way way, String proxy, @Nullable ObjectNode params) {
    var call = ApiCall.of("POST", at.path().then(proxy), params);
    var asked = connection.clock().now();
    if (way == Way.SPICE) {
      // Else the server names itself, which need not be a name that is known here.
      var proxied =
          call.params().has("proxy")
              ? call
              : call.with(all -> all.put("proxy", connection.place().host()));
      return Console.Viewer.of(at, asked, connection.data(proxied));
    }
    // What is shown in a browser goes through a WebSocket, which takes no TLS of its own within.
    var answer = connection.data(way == Way.VNC ? call.with(all -> all.put("websocket", 1)) : call);
    return Console.Socket.of(way, at, asked, answer);
  }
}
