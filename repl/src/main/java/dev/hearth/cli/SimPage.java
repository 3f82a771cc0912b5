package dev.hearth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.run.SimulatorServer;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.ConnectionField;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
import java.util.ArrayList;
import java.util.List;

/** What a person or a program needs to know to use a simulator that is being served. */
final class SimPage {
  private static final String CONNECTION = "sim";
  private static final int WIDEST = 13;

  private final Binding binding;
  private final SimulatorServer server;

  SimPage(Binding binding, SimulatorServer server) {
    this.binding = binding;
    this.server = server;
  }

  /** Lines for a person. Its secrets are shown, since they open nothing but this simulator. */
  List<String> text(Screen screen) {
    var lines = new ArrayList<String>();
    var title = "A simulated " + binding.name() + " listens on " + server.address() + ".";
    lines.add(screen.paint(Role.STRONG, title));
    for (var field : binding.connectionFields()) {
      var value = value(field);
      if (!value.isEmpty()) {
        var name = field.name() + " ".repeat(Math.max(1, WIDEST - field.name().length()));
        lines.add("  " + name + screen.paint(Role.PLACE, value));
      }
    }
    lines.add("");
    lines.add("Recipes reach it without --simulate after");
    lines.add("  " + connectLine());
    if (!server.commands().isEmpty()) {
      lines.add("Others reach it as in");
      server.commands().forEach(command -> lines.add("  " + command));
    }
    lines.add("");
    lines.add("Ctrl-C ends it.");
    return lines;
  }

  /** {@code {schema, type, system, address, connection, connect, commands}}. */
  ObjectNode json() {
    var document =
        JsonDocument.of("simulator")
            .put("system", binding.name())
            .put("address", server.address().toString())
            .put("fingerprint", server.fingerprint().toString());
    var connection = document.putObject("connection");
    for (var field : binding.connectionFields()) {
      var value = value(field);
      if (!value.isEmpty()) {
        connection.put(field.name(), value);
      }
    }
    document.put("connect", connectLine());
    var commands = document.putArray("commands");
    server.commands().forEach(commands::add);
    return document;
  }

  /** What a client gives for a field; empty when it can do without. */
  private String value(ConnectionField field) {
    return switch (field.kind()) {
      case FINGERPRINT -> server.fingerprint().toString();
      case SECRET -> {
        var secret = server.secrets().get(field.name());
        yield secret == null ? "" : secret.reveal();
      }
      case REQUIRED, OPTIONAL -> server.settings().path(field.name()).asText();
    };
  }

  /** The command that stores a connection to it. */
  private String connectLine() {
    var secrets = new StringBuilder();
    var line = new StringBuilder("hearth connect add ");
    line.append(binding.name()).append(' ').append(CONNECTION).append(" --replace");
    for (var field : binding.connectionFields()) {
      var value = value(field);
      if (value.isEmpty()) {
        continue;
      }
      line.append(' ').append(field.flag());
      if (field.isSecret()) {
        secrets.append(' ').append(quoted(value));
      } else {
        line.append(' ').append(value);
      }
    }
    return secrets.isEmpty() ? line.toString() : "printf '%s\\n'" + secrets + " | " + line;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
