package dev.hearth.cli;

import dev.hearth.runtime.spi.Binding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that a binding brings, such as {@code hearth templates list}: the recipe {@code
 * commands/list.js} in the binding's folder. All are named in one index, so that help loads no
 * binding and reads no recipe.
 *
 * @param words the binding and the name of the recipe
 * @param summary as the recipe says it
 */
record BindingCommand(String words, String summary) implements NamedCommand {
  private static final String INDEX = "/META-INF/hearth/commands";
  private static final String STDLIB = "/dev/hearth/stdlib/";

  private static @Nullable List<BindingCommand> known;

  /** All of them, in the order of the index. */
  static synchronized List<BindingCommand> all() {
    var commands = known;
    if (commands == null) {
      commands =
          read(INDEX).lines().filter(line -> !line.isBlank()).map(BindingCommand::parse).toList();
      known = commands;
    }
    return commands;
  }

  static Optional<BindingCommand> at(String words) {
    return all().stream().filter(command -> command.words.equals(words)).findFirst();
  }

  private static BindingCommand parse(String line) {
    int colon = line.indexOf(": ");
    return new BindingCommand(line.substring(0, colon), line.substring(colon + 2));
  }

  @Override
  public Command create() {
    return new BindingRecipe(this);
  }

  /** Its recipe's file below {@code commands}: {@code templates/list.js}. */
  String file() {
    return words.replace(' ', '/') + ".js";
  }

  /** The text of its recipe. */
  String recipe() {
    return read(STDLIB + words.replace(" ", "/commands/") + ".js");
  }

  private static String read(String resource) {
    try (InputStream in = Binding.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing in this Hearth.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
