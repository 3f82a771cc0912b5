package dev.hearth.stdlib.docker;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one port, or a range of them, in any form of the Compose specification. */
final class PortReader {
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(?:(?<ip>\\[[0-9a-fA-F:.]+]|[0-9a-fA-F:.]+):)?(?<host>\\d{1,5}(?:-\\d{1,5})?)?:)?"
              + "(?<target>\\d{1,5}(?:-\\d{1,5})?)(?:/(?<protocol>tcp|udp|sctp))?");
  private static final String FORMS =
      "Write `8080:80`, `127.0.0.1:8080:80`, `3000-3005`, `53:53/udp`, or an object with `target` and"
          + " `published`.";
  private static final int LAST = 65_535;

  private final SpecValue value;

  private PortReader(SpecValue value) {
    this.value = value;
  }

  private record Range(int first, int last) {
    int size() {
      return last - first + 1;
    }
  }

  /** Opens it inside the engine's networks. */
  static void expose(SpecValue value, SpecBody body) {
    var parts = value.word().split("/", 2);
    var range = new PortReader(value).range(parts[0], 1);
    for (int port = range.first(); port <= range.last(); port++) {
      body.configObject("ExposedPorts")
          .putObject(port + "/" + (parts.length == 2 ? parts[1] : "tcp"));
    }
  }

  /** Opens it at the host. */
  static void publish(SpecValue value, SpecBody body) {
    new PortReader(value).publish(body);
  }

  private void publish(SpecBody body) {
    if (value.isMap()) {
      var fields =
          value.fields(
              "target", "published", "host_ip", "protocol", "mode", "app_protocol", "name");
      var mode = fields.get("mode");
      if (mode != null) {
        mode.oneOf("host", "ingress"); // the same on one engine
      }
      var protocol = fields.get("protocol");
      var published = fields.get("published");
      var ip = fields.get("host_ip");
      publish(
          body,
          new PortReader(fields.require("target")).range(fields.require("target").text(), 1),
          published == null || published.text().isEmpty()
              ? null
              : new PortReader(published).range(published.text(), 0),
          ip == null ? "" : ip.text(),
          protocol == null ? "tcp" : protocol.oneOf("tcp", "udp", "sctp"));
      return;
    }
    var form = SHORT.matcher(value.word());
    if (!form.matches()) {
      throw value.not("port", FORMS);
    }
    var host = form.group("host");
    var ip = form.group("ip");
    publish(
        body,
        range(form.group("target"), 1),
        host == null ? null : range(host, 0),
        ip == null ? "" : ip.replaceAll("[\\[\\]]", ""),
        form.group("protocol") == null ? "tcp" : form.group("protocol"));
  }

  private void publish(
      SpecBody body, Range target, @Nullable Range published, String ip, String protocol) {
    if (published != null && target.size() > 1 && published.size() != target.size()) {
      throw value.wrong(
          "has ranges of %d and %d ports".formatted(published.size(), target.size()),
          "Give both the same length.");
    }
    for (int i = 0; i < target.size(); i++) {
      var port = (target.first() + i) + "/" + protocol;
      body.configObject("ExposedPorts").putObject(port);
      body.hostObject("PortBindings")
          .withArray("/" + port.replace("/", "~1"))
          .addObject()
          .put("HostIp", ip)
          .put("HostPort", published == null ? "" : hostPort(published, target, i));
    }
  }

  private static String hostPort(Range published, Range target, int i) {
    var isChoice = target.size() == 1 && published.size() > 1;
    return isChoice
        ? published.first() + "-" + published.last()
        : String.valueOf(published.first() + i);
  }

  private Range range(String text, int least) {
    if (!text.matches("\\d{1,5}(?:-\\d{1,5})?")) {
      throw value.not("port", FORMS);
    }
    var ends = text.split("-", 2);
    int first = Integer.parseInt(ends[0]);
    int last = Integer.parseInt(ends[ends.length - 1]);
    if (first < least || last > LAST || last < first) {
      throw value.wrong("has the ports " + text, "Ports go from 1 to 65535, the lower one first.");
    }
    return new Range(first, last);
  }
}
