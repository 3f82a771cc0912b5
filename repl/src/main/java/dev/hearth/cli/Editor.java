package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.process.ForegroundProcess;
import dev.hearth.runtime.storage.PrivateFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The user's editor: {@code VISUAL} or {@code EDITOR}, split at blanks as git and others do.
 *
 * @param command its program and arguments
 */
record Editor(List<String> command) {
  static Editor of(Environment environment) {
    var words =
        environment
            .get("VISUAL")
            .filter(text -> !text.isBlank())
            .or(() -> environment.get("EDITOR").filter(text -> !text.isBlank()))
            .orElseThrow(() -> new HearthException(CliError.NO_EDITOR));
    return new Editor(List.of(words.strip().split("\\s+", -1)));
  }

  /** Lets the user edit a file, and waits until they are done. */
  void edit(PrivateFile file) throws InterruptedException {
    var words = new ArrayList<>(command);
    words.add(file.path().toString());
    var status = ForegroundProcess.run(words);
    if (status != 0) {
      throw new HearthException(CliError.EDITOR_FAILED, status);
    }
  }
}
