package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.FileSecretStore;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.secret.SecretError;
import dev.hearth.runtime.storage.PrivateFile;
import dev.hearth.runtime.storage.PrivateFolder;
import dev.hearth.terminal.JsonDocument;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code hearth secrets edit SECRET}: the editor gets a file in the runtime folder, which is in
 * memory where the system has such a place; it is wiped whatever happens.
 */
final class SecretsEditCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().argument("SECRET", "Its name; a new one begins empty.", List.of()).build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth secrets edit tls/key", "EDITOR=nano hearth secrets edit tls/key");
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var name = invocation.required(0);
    FileSecretStore.checkName(name);
    var surroundings = invocation.surroundings();
    var secrets = surroundings.secrets();
    var before = secrets.get(name);
    var editor = Editor.of(invocation.environment());
    var file =
        PrivateFile.temporary(
            new PrivateFolder(surroundings.places().runtime()),
            ".txt",
            before.map(Secret::reveal).orElse(""));
    Optional<Secret> after;
    try {
      after = edited(editor, file, before).map(Secret::of);
    } finally {
      file.wipe();
    }
    var changed = !after.equals(before);
    if (changed) {
      secrets.replace(
          name, before, after.orElseThrow(() -> new HearthException(SecretError.EMPTY, name)));
    }
    tell(invocation, name, changed);
    return 0;
  }

  /** What is in the file when the editor has ended; empty when nothing is. */
  private static Optional<String> edited(Editor editor, PrivateFile file, Optional<Secret> before)
      throws InterruptedException {
    editor.edit(file);
    var hadLineEnd = before.map(Secret::reveal).filter(text -> text.endsWith("\n")).isPresent();
    return file.read()
        .map(text -> hadLineEnd ? text : SecretsSetCommand.withoutLineEnd(text)) // editors add one
        .filter(text -> !text.isEmpty());
  }

  private static void tell(Invocation invocation, String name, boolean changed) {
    if (invocation.json()) {
      var document = JsonDocument.of("secret-edited").put("name", name).put("changed", changed);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.say(
          "The secret " + name + (changed ? " is stored, encrypted." : " is as it was."));
    }
  }
}
