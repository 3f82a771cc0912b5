package dev.hearth.stdlib.shell;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.OpContext;
import java.util.Collections;
import java.util.List;

/** Programs of this machine, as a tagged template. */
public final class ShellBinding implements Binding {
  /** Stands for a value, in the place of what nobody can know beforehand. */
  private static final String UNKNOWN = "\uE000";

  @Override
  public String name() {
    return "shell";
  }

  @Override
  public boolean needsIntent() {
    return false; // `exec` says which programs, and the gate judges each
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new ShellOps(context.effects().processes(), context.log());
  }

  /** The program, or the shell that the text of a command needs. */
  @Override
  public Foreseen foresee(Mention mention) {
    return switch (mention.kind()) {
      case CALL_GOING_ON -> Foreseen.nothing();
      case TAG -> foreseen(mention);
      case CALL, OTHER -> Foreseen.maybe("exec");
    };
  }

  private static Foreseen foreseen(Mention mention) {
    var text = mention.arguments().stream().map(Mention.Argument::beginning).toList();
    var values = Collections.nCopies(Math.max(0, text.size() - 1), List.of(UNKNOWN));
    try {
      var line = new CommandText(text, values).commandLine(Shell.BASH);
      var program = line.getFirst();
      var isChosen = line.contains("-c") && mention.path().size() > 1; // by an option, perhaps
      return program.contains(UNKNOWN) || isChosen
          ? Foreseen.maybe("exec")
          : Foreseen.needs("exec=" + program);
    } catch (HearthException malformed) {
      return Foreseen.nothing(); // and it will not run
    }
  }
}
