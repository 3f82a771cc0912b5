package dev.hearth.cli;

import dev.hearth.cli.CompletionModel.Node;
import dev.hearth.cli.CompletionModel.Option;

/** Completion for fish. */
final class FishCompletion {
  private final CompletionModel model;

  FishCompletion(CompletionModel model) {
    this.model = model;
  }

  String script() {
    var out =
        new StringBuilder(
            """
            # fish completion for hearth; made by `hearth completion fish`
            function __hearth_is
              set -l words (commandline -opc | string match -rv -- '^-')
              set -e words[1]
              set -l count (count $argv)
              if test (count $words) -lt $count
                return 1
              end
              test $count -eq 0; and test (count $words) -gt 0; and return 1
              test $count -eq 0; or test "$words[1..$count]" = "$argv"
            end
            function __hearth_ask
              set -l words (commandline -opc)
              set -l program $words[1]
              set -e words[1]
              command $program %s $words (commandline -ct) </dev/null 2>/dev/null
            end
            function __hearth_ask_value # fish completes what stands behind --option=
              __hearth_ask | string replace -r -- '^--[^=]*=' ''
            end
            function __hearth_grows
              string match -q -- '-*' (commandline -ct)
              or string match -q -- '-*' (commandline -opc)[-1]
            end
            complete -c hearth -f
            """
                .formatted(Completer.COMMAND));
    model.nodes().forEach(node -> appendNode(out, node));
    return out.toString();
  }

  private static void appendNode(StringBuilder out, Node node) {
    var start = "complete -c hearth -n '__hearth_is " + node.path() + "'";
    var onlyHere = "complete -c hearth -n '__hearth_is %s; and not __fish_seen_subcommand_from %s'";
    if (!node.words().isEmpty()) {
      var all = String.join(" ", node.words().stream().map(CompletionModel.Word::text).toList());
      var condition = node.path().isEmpty() ? start : onlyHere.formatted(node.path(), all);
      node.words()
          .forEach(
              word ->
                  out.append(condition)
                      .append(" -a ")
                      .append(word.text())
                      .append(" -d ")
                      .append(quoted(word.summary()))
                      .append('\n'));
    }
    node.options().forEach(option -> appendOption(out, start, option));
    if (node.grows()) {
      out.append("complete -c hearth -n '__hearth_is ").append(node.path());
      out.append("; and __hearth_grows' -a '(__hearth_ask)'\n");
    }
    for (var argument : node.arguments()) {
      switch (argument.kind()) {
        case FILE -> out.append(start).append(" -F\n");
        case ASK -> out.append(start).append(" -a '(__hearth_ask)'\n");
        case CHOICE ->
            out.append(start)
                .append(" -a ")
                .append(quoted(String.join(" ", argument.choices())))
                .append('\n');
        case ANYTHING, NOTHING -> {}
      }
    }
  }

  private static void appendOption(StringBuilder out, String start, Option option) {
    out.append(start);
    for (var name : option.names()) {
      out.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    switch (option.values().kind()) {
      case NOTHING -> {}
      case ANYTHING -> out.append(" -x");
      case ASK -> out.append(" -x -a '(__hearth_ask_value)'");
      case FILE -> out.append(option.attached() ? "" : " -r -F");
      case CHOICE ->
          out.append(" -x -a ").append(quoted(String.join(" ", option.values().choices())));
    }
    out.append(" -d ").append(quoted(option.summary())).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
