package dev.hearth.cli;

import dev.hearth.runtime.settings.UserSettings;
import dev.hearth.runtime.storage.JsonFile;
import dev.hearth.runtime.storage.PrivateFile;
import dev.hearth.runtime.storage.PrivateFolder;
import dev.hearth.terminal.JsonDocument;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth config edit}: a copy in the editor, which counts when it is right. */
final class ConfigEditCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth config edit", "EDITOR=nano hearth config edit");
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var places = invocation.surroundings().places();
    var settings = new UserSettings(places.config());
    var editor = Editor.of(invocation.environment());
    var before = settings.text();
    var copy = PrivateFile.temporary(new PrivateFolder(places.runtime()), ".json", before);
    boolean changed;
    try {
      editor.edit(copy);
      var after = JsonFile.ofProject(copy.path()).read();
      changed = !after.text().equals(before);
      if (changed) {
        settings.replace(after);
      }
    } finally {
      copy.wipe();
    }
    if (invocation.json()) {
      var document = JsonDocument.of("settings-edited").put("changed", changed);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      invocation.say(settings.path() + (changed ? " is changed." : " is as it was."));
    }
    return 0;
  }
}
