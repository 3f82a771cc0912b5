package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;

/** What {@code hearth --help} and the help of a group print. Loads no command. */
final class TopHelp {
  private TopHelp() {}

  static HelpPage all() {
    return new HelpPage()
        .paragraph("Hearth runs recipes: JavaScript files that drive your infrastructure.")
        .usage("hearth COMMAND [OPTIONS]")
        .rows("Commands", rows(Commands.all()))
        .rows(
            "Options",
            List.of(
                new HelpPage.Row("-h, --help", "Show this help; after a command, show its own."),
                new HelpPage.Row("-V, --version", "Print the version.")));
  }

  static HelpPage group(String group) {
    return new HelpPage()
        .paragraph("The commands of `hearth " + group + "`.")
        .usage("hearth " + group + " COMMAND [OPTIONS]")
        .rows("Commands", rows(Commands.ofGroup(group)));
  }

  private static List<HelpPage.Row> rows(List<NamedCommand> names) {
    var rows = new ArrayList<HelpPage.Row>();
    for (var name : names) {
      rows.add(new HelpPage.Row(name.words(), name.summary()));
    }
    return rows;
  }
}
