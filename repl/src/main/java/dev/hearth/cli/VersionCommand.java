package dev.hearth.cli;

import dev.hearth.terminal.JsonDocument;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth version}. */
final class VersionCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec().build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth version", "hearth version --json");
  }

  @Override
  public int run(Invocation invocation) {
    var version = Version.read();
    var out = invocation.terminal().out();
    if (invocation.json()) {
      out.println(
          JsonDocument.line(
              JsonDocument.of("version")
                  .put("hearth", version.hearth())
                  .put("graaljs", version.graaljs())
                  .put("java", version.java())
                  .put("system", version.system())));
    } else {
      out.print(text(version));
    }
    return 0;
  }

  private static String text(Version version) {
    return "hearth "
        + version.hearth()
        + "\nGraalJS "
        + version.graaljs()
        + ", Java "
        + version.java()
        + ", "
        + version.system()
        + "\n";
  }
}
