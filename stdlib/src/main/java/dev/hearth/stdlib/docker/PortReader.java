package dev.hearth.stdlib.docker;

import dev.hearth.stdlib.docker.compose.PublishedPorts;

/** Reads one port, or a range of them, in any form of the Compose specification. */
final class PortReader {
  private PortReader() {}

  /** Opens it inside the engine's networks. */
  static void expose(SpecValue value, SpecBody body) {
    var parts = value.word().split("/", 2);
    var protocol = parts.length == 2 ? parts[1] : "tcp";
    var ports = new PublishedPorts("", PublishedPorts.target(parts[0], value), null, protocol);
    for (var each : ports.each(value)) {
      body.configObject("ExposedPorts").putObject(each.target() + "/" + protocol);
    }
  }

  /** Opens it at the host. */
  static void publish(SpecValue value, SpecBody body) {
    var ports = value.isMap() ? named(value) : PublishedPorts.read(value.word(), value);
    for (var each : ports.each(value)) {
      var port = each.target() + "/" + ports.protocol();
      body.configObject("ExposedPorts").putObject(port);
      body.hostObject("PortBindings")
          .withArray("/" + port.replace("/", "~1"))
          .addObject()
          .put("HostIp", ports.address())
          .put("HostPort", each.published());
    }
  }

  private static PublishedPorts named(SpecValue value) {
    var fields =
        value.fields("target", "published", "host_ip", "protocol", "mode", "app_protocol", "name");
    var mode = fields.get("mode");
    if (mode != null) {
      mode.oneOf("host", "ingress"); // the same on one engine
    }
    var target = fields.require("target");
    var published = fields.get("published");
    var address = fields.get("host_ip");
    var protocol = fields.get("protocol");
    return new PublishedPorts(
        address == null ? "" : address.text(),
        PublishedPorts.target(target.text(), target),
        published == null || published.text().isEmpty()
            ? null
            : PublishedPorts.published(published.text(), published),
        protocol == null ? "tcp" : protocol.oneOf("tcp", "udp", "sctp"));
  }
}
