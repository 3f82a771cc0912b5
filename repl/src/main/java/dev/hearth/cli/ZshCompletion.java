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
          local program=${(Q)hearth_words[1]}
          [[ $program == \\~/* ]] && program=$HOME/${program#*/}
          [[ $1 == -o ]] && kind=(-o)
          # what _arguments has cut off the word, such as --connection=, comes back with the answer
          found=("${(@f)$(command $program %s "${(@Q)hearth_words[2,$hearth_current]}" </dev/null 2>/dev/null)}")
          [[ -n $found[1] ]] || return 1
          found=("${(@)found#${(Q)IPREFIX}}")
          found=("${(@)found//\\\\/\\\\\\\\}")
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
    out.append(name(node.path())).append("() {\n");
    out.append("  local curcontext=$curcontext state state_descr line\n");
    if (node.path().isEmpty()) { // further down the words are cut
      out.append("  local -a hearth_words=(\"${words[@]}\")\n  local hearth_current=$CURRENT\n");
    }
    out.append("  _arguments -C ").append(options(node));
    out.append("'1: :->command' '*:: :->arguments'\n  case $state in\n");
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
    var arguments = new StringBuilder();
    for (var i = 0; i < node.arguments().size(); i++) {
      var values = node.arguments().get(i);
      var place = values.repeats() ? "*" : String.valueOf(i + 1);
      arguments
          .append(quoted(place + ":" + escaped(values.label()) + ":" + action(values)))
          .append(' ');
    }
    var grows =
        """
          if [[ $PREFIX == --connection=* || $words[CURRENT-1] == --connection ]]; then
            : # _arguments asks for these
          elif [[ $PREFIX == -* ]]; then
            _hearth_ask -o
          elif [[ $words[CURRENT-1] == -* ]]; then
            _hearth_ask
          fi
        """;
    return name(node.path())
        + "() {\n"
        + (node.grows() ? grows : "")
        + "  _arguments -s "
        + options(node)
        + arguments.toString().strip()
        + "\n}\n";
  }

  private static String options(Node node) {
    var specs = new ArrayList<String>();
    for (var option : node.options()) {
      option.names().forEach(name -> specs.add(spec(option, name)));
    }
    return "\\\n    " + String.join(" \\\n    ", specs) + " \\\n    ";
  }

  /** An option as {@code _arguments} wants it. */
  private static String spec(Option option, String name) {
    var others = escaped(String.join(" ", option.names()));
    var sign = option.attached() ? "=-" : "=";
    var value = (option.attached() ? "::" : ":") + escaped(option.values().label()) + ":";
    return quoted(
        (option.values().repeats() ? "*" : "(" + others + ")")
            + escaped(name)
            + (option.takesValue() && name.startsWith("--") ? sign : "")
            + "["
            + option.summary().replace("[", "\\[").replace("]", "\\]")
            + "]"
            + (option.takesValue() ? value + action(option.values()) : ""));
  }

  private static String escaped(String text) {
    return text.replace(":", "\\:");
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
