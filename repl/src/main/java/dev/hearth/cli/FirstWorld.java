package dev.hearth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.ConnectionTrial;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.SimulatorOption;
import dev.hearth.runtime.storage.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The world that a simulator begins with: a kept one, a copy of a real system, or a fresh one. */
final class FirstWorld {
  private static final String LOAD = "--load";
  private static final String FROM = "--from";

  private final Binding binding;
  private final List<SimulatorOption> options;

  FirstWorld(Binding binding) {
    this.binding = binding;
    this.options = options(binding);
  }

  /** Its flags that every simulator has. */
  static Spec describe(Spec spec) {
    return spec.option(
            LOAD, "FILE", "Begin with the world in this file, and leave the file as it is.")
        .option(
            FROM,
            "CONNECTION",
            "Begin with a copy of what this connection leads to, which is only read.");
  }

  /** The flags of one simulator alone. */
  static List<SimulatorOption> options(Binding binding) {
    return binding.simulator().map(factory -> factory.options()).orElse(List.of());
  }

  /** The world that was asked for; empty for the usual one. */
  Optional<JsonNode> of(Invocation invocation) {
    checkAlone(invocation);
    var load = invocation.value(LOAD);
    if (load != null) {
      return Optional.of(loaded(load));
    }
    var from = invocation.value(FROM);
    return from != null ? Optional.of(copied(invocation, from)) : fresh(invocation);
  }

  /** A world has one origin. */
  private void checkAlone(Invocation invocation) {
    var given = new ArrayList<String>();
    for (var flag : List.of(LOAD, FROM)) {
      if (invocation.value(flag) != null) {
        given.add(flag);
      }
    }
    options.stream()
        .map(SimulatorOption::flag)
        .filter(flag -> invocation.value(flag) != null)
        .forEach(given::add);
    var first = given.isEmpty() ? "" : given.getFirst();
    if (given.size() > 1 && (first.equals(LOAD) || first.equals(FROM))) {
      throw new HearthException(CliError.FIRST_WORLD_TWICE, first, given.get(1));
    }
  }

  private JsonNode loaded(String file) {
    var world = JsonFile.ofProject(Path.of(file)).inExistingFolder().read().root();
    var saved = world.get(binding.name());
    if (saved == null) {
      throw new HearthException(
          CliError.BAD_VALUE,
          LOAD,
          SafeText.line(file),
          "a file that `--world` or `--simulate=FILE` has kept");
    }
    return saved;
  }

  private JsonNode copied(Invocation invocation, String name) {
    checkNew(invocation);
    var hearth = invocation.hearth().build();
    var connection = new KnownConnections(hearth).open(binding, name);
    invocation.say(
        "Reading what `"
            + SafeText.line(connection.name())
            + "` leads to; nothing there is changed.");
    var world =
        new ConnectionTrial(hearth.surroundings(), binding, connection)
            .copy((level, message, fields) -> invocation.say(SafeText.line("  " + message)))
            .orElseThrow(() -> new HearthException(CliError.NOT_COPIED, binding.name()));
    invocation.say("Nobody's password, token or key is in the copy; log in to it as is told here.");
    return world;
  }

  /** A copy is not made for nothing: a file that has a world goes on with that one. */
  private void checkNew(Invocation invocation) {
    var file = invocation.value("--world");
    if (file != null
        && JsonFile.ofProject(Path.of(file)).inExistingFolder().read().root().has(binding.name())) {
      throw new HearthException(CliError.WORLD_THERE, SafeText.line(file), binding.name());
    }
  }

  private Optional<JsonNode> fresh(Invocation invocation) {
    var wishes = new TreeMap<String, String>();
    for (var option : options) {
      var wish = invocation.value(option.flag());
      if (wish != null) {
        if (!option.accepts(wish)) {
          throw new HearthException(
              CliError.BAD_VALUE, option.flag(), SafeText.line(wish), option.wanted());
        }
        wishes.put(option.name(), wish);
      }
    }
    return wishes.isEmpty()
        ? Optional.empty()
        : Optional.of(binding.simulator().orElseThrow().fresh(wishes, invocation.clock()));
  }
}
