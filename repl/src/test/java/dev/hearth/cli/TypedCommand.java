package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.terminal.Glyphs;
import dev.hearth.terminal.Ink;
import dev.hearth.terminal.Screen;
import dev.hearth.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A command line as somebody types it into a pipe, and what came of it. */
final class TypedCommand {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err;

  private final Map<String, String> environment = new HashMap<>();
  private InputStream input = InputStream.nullInputStream();
  private Optional<String> broken = Optional.empty();
  private boolean interactive;
  private Screen outScreen = Screen.pipe();

  TypedCommand() {
    this(new ByteArrayOutputStream());
  }

  /** One whose {@code err} somebody else reads, too. */
  TypedCommand(ByteArrayOutputStream err) {
    this.err = err;
  }

  /** Sets a variable for what is typed from here on. */
  TypedCommand set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Folders of its own for all that Hearth keeps. */
  TypedCommand at(Path home) {
    for (var place : List.of("CONFIG", "DATA", "STATE", "CACHE")) {
      set("HEARTH_" + place + "_HOME", home.resolve(place.toLowerCase(Locale.ROOT)).toString());
    }
    return this;
  }

  /** From here on who asks for this variable fails as nobody meant it to. */
  TypedCommand breakAt(String variable) {
    broken = Optional.of(variable);
    return this;
  }

  /** What stands on standard input of the next one. */
  TypedCommand input(String text) {
    return input(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What the next one reads. */
  TypedCommand input(InputStream stream) {
    input = stream;
    return this;
  }

  /** From here on somebody sits there who can be asked; their answers are the {@link #input}. */
  TypedCommand onTerminal() {
    interactive = true;
    return this;
  }

  /** From here on what it prints is seen by whoever sits there. */
  TypedCommand intoTerminal() {
    outScreen = new Screen(Screen.Kind.TERMINAL, Ink.PLAIN, Glyphs.UNICODE, () -> 80);
    return this;
  }

  /** Begins one that ends when it is stopped. */
  RunningCommand start(String... arguments) throws IOException {
    return new RunningCommand(environment, List.of(arguments));
  }

  /** Runs it; what the last one printed is forgotten. */
  int type(String... arguments) {
    out.reset();
    err.reset();
    var terminal =
        new Terminal(
            input,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            outScreen,
            Screen.pipe(),
            interactive);
    input = InputStream.nullInputStream();
    return new CommandLineInterface(
            terminal, this::variable, () -> new Interrupts(terminal.err(), () -> {}))
        .run(List.of(arguments));
  }

  /** Stores a connection to what {@code sim --json} told that it serves. */
  void connect(String name, JsonNode told) {
    var served = told.path("connection");
    connect(name, served, served.path("token").asText());
  }

  /** The same with a token of somebody else. */
  void connect(String name, JsonNode served, String token) {
    input(token + "\n");
    var status =
        type(
            "connect",
            "add",
            "proxmox",
            name,
            "--url",
            served.path("url").asText(),
            "--token-stdin",
            "--fingerprint",
            served.path("fingerprint").asText());
    assertThat(status).as(err()).isZero();
  }

  /** What a recipe returned. */
  JsonNode run(List<String> words) throws IOException {
    var all = new ArrayList<>(List.of("run", "--json"));
    all.addAll(words);
    var status = type(all.toArray(String[]::new));
    assertThat(status).as(out() + err()).isZero();
    return JsonMapper.builder().build().readTree(out().lines().toList().getLast()).path("value");
  }

  private Optional<String> variable(String name) {
    if (broken.filter(name::equals).isPresent()) {
      throw new IllegalStateException("bookkeeping is off");
    }
    return Optional.ofNullable(environment.get(name));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
