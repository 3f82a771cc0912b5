package dev.hearth.cli;

import dev.hearth.cli.CompletionModel.Node;
import dev.hearth.cli.CompletionModel.Option;
import dev.hearth.cli.CompletionModel.Values;
import java.util.ArrayList;

/** Completion for zsh: a function for {@code $fpath}, which may also be sourced. */
final class ZshCompletion {
  private final CompletionModel model;

  ZshCompletion(CompletionModel model) {
    this.model = model;
  }

  String script() {
    var out = new StringBuilder("#compdef hearth\n# made by `hearth completion zsh`\n");
    out.append(
        """
        _hearth_ask() {
          local -a found kind
          [[ $1 == -o ]] && kind=(-o)
          found=("${(@f)$(command $hearth_words[1] %s "${(@Q)hearth_words[2,$hearth_current]}" 2>/dev/null)}")
          [[ -n $found[1] ]] || return 1
          found=("${(@)found//:/\\\\:}")
          found=("${(@)found/$'\\t'/:}")
          _describe $kind -t values value found
        }
        """
            .formatted(Completer.COMMAND));
    model.nodes().forEach(node -> out.append(function(node)));
    return out.append(
            """
            if [[ $funcstack[1] == _hearth ]]; then
              _hearth "$@"
            else
              compdef _hearth hearth
            fi
            """)
        .toString();
  }

  private static String name(String path) {
    return path.isEmpty() ? "_hearth" : "_hearth_" + path.replace(' ', '_');
  }

  private static String function(Node node) {
    return node.words().isEmpty() ? ofCommand(node) : ofGroup(node);
  }

  private static String ofGroup(Node node) {
    var out = new StringBuilder();
    out.append(name(node.path())).append("() {\n  local curcontext=$curcontext state line\n");
    if (node.path().isEmpty()) { // further down the words are cut
      out.append("  local -a hearth_words=(\"${words[@]}\")\n  local hearth_current=$CURRENT\n");
    }
    out.append("  _arguments -C '1: :->command' '*:: :->arguments'\n  case $state in\n");
    out.append("    command)\n      local -a commands=(\n");
    for (var word : node.words()) {
      out.append("        ").append(quoted(word.text() + ":" + word.summary())).append('\n');
    }
    out.append("      )\n      _describe command commands ;;\n");
    out.append("    arguments)\n      case $line[1] in\n");
    for (var word : node.words()) {
      var path = node.path().isEmpty() ? word.text() : node.path() + " " + word.text();
      out.append("        ").append(word.text()).append(") ").append(name(path)).append(" ;;\n");
    }
    return out.append("      esac ;;\n  esac\n}\n").toString();
  }

  private static String ofCommand(Node node) {
    var parts = new ArrayList<String>();
    node.options().forEach(option -> option.names().forEach(name -> parts.add(part(option, name))));
    for (var i = 0; i < node.arguments().size(); i++) {
      var values = node.arguments().get(i);
      parts.add(quoted((i + 1) + ":" + values.label() + ":" + action(values)));
    }
    var grows =
        """
          if [[ $PREFIX == -* ]]; then
            _hearth_ask -o
          elif [[ $words[CURRENT-1] == -* ]]; then
            _hearth_ask
          fi
        """;
    return name(node.path())
        + "() {\n"
        + (node.grows() ? grows : "")
        + "  _arguments -s \\\n    "
        + String.join(" \\\n    ", parts)
        + "\n}\n";
  }

  private static String part(Option option, String name) {
    var others = String.join(" ", option.names());
    var takesValue = option.values().kind() != Values.Kind.NOTHING;
    var spec = "(" + others + ")" + name + (takesValue && name.startsWith("--") ? "=" : "");
    var summary = "[" + option.summary().replace("[", "\\[").replace("]", "\\]") + "]";
    var value = takesValue ? ":" + option.values().label() + ":" + action(option.values()) : "";
    return quoted(spec + summary + value);
  }

  private static String action(Values values) {
    return switch (values.kind()) {
      case FILE -> "_files";
      case ASK -> "_hearth_ask";
      case CHOICE -> "(" + String.join(" ", values.choices()) + ")";
      case ANYTHING, NOTHING -> "";
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
