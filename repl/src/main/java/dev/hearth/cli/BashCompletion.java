package dev.hearth.cli;

import dev.hearth.cli.CompletionModel.Node;
import dev.hearth.cli.CompletionModel.Values;
import dev.hearth.cli.CompletionModel.Word;
import java.util.List;

/** Completion for bash 3.2 and newer, without the bash-completion package. */
final class BashCompletion {
  private final CompletionModel model;

  BashCompletion(CompletionModel model) {
    this.model = model;
  }

  String script() {
    return """
    # bash completion for hearth; made by `hearth completion bash`
    # shellcheck disable=SC2207
    _hearth_ask() {
      local -a words=()
      local i word found after=''
      for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ ${#words[@]} -gt 0 && ($word == = || $after == =) ]]; then
          words[${#words[@]}-1]+=$word
        else
          words+=("$word")
        fi
        after=$word
      done
      word=${words[${#words[@]}-1]}
      word=${word%%"$cur"}
      while IFS=$'\t' read -r found _; do
        COMPREPLY+=("${found#"$word"}")
      done < <("${COMP_WORDS[0]}" %s "${words[@]}" 2>/dev/null)
    }
    _hearth() {
      local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path='' words='' i
      COMPREPLY=()
      # Bash cuts words at `=`: the option may stand up to four words back, as in --connection=proxmox=lab
      i=$((COMP_CWORD - 1))
      if [[ $cur == = ]]; then
        cur=''
      elif [[ $prev == = ]]; then
        i=$((i - 1))
        prev=${COMP_WORDS[i]}
      else
        i=0
      fi
      if [[ $i -gt 1 && $prev != -* ]]; then prev=${COMP_WORDS[i-1]}; fi
      if [[ $i -gt 2 && $prev == = ]]; then prev=${COMP_WORDS[i-2]}; fi
      for ((i = 1; i < COMP_CWORD; i++)); do
        case "$path ${COMP_WORDS[i]}" in
    %s      *) break ;;
        esac
      done
      case "$path:$prev" in
    %s  esac
      case "$path" in
    %s  esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$cur"))
        if [[ -n $grows ]]; then _hearth_ask; fi
      else
        COMPREPLY=($(compgen -W "$words" -- "$cur"))
        if [[ -n $asks || (-n $grows && $prev == -*) ]]; then _hearth_ask; fi
        if [[ -n $files && ${#COMPREPLY[@]} -eq 0 ]]; then COMPREPLY+=($(compgen -f -- "$cur")); compopt -o filenames 2>/dev/null; fi
      fi
    }
    complete -F _hearth hearth
    """
        .formatted(Completer.COMMAND, paths(), values(), nodes());
  }

  /** Which words lead to which path; the path of two words begins where that of one has led. */
  private String paths() {
    var out = new StringBuilder();
    for (var node : model.nodes()) {
      if (!node.path().isEmpty()) {
        var before = node.path().contains(" ") ? "" : " ";
        out.append("      \"%s%s\") path='%s' ;;\n".formatted(before, node.path(), node.path()));
      }
    }
    return out.toString();
  }

  /** What follows an option that takes a value. */
  private String values() {
    var out = new StringBuilder();
    for (var node : model.nodes()) {
      for (var option : node.options()) {
        if (option.values().kind() == Values.Kind.NOTHING) {
          continue;
        }
        var names =
            option.names().stream().map(name -> "\"" + node.path() + ":" + name + "\"").toList();
        out.append("    ").append(String.join("|", names)).append(") ");
        out.append(reply(option.values())).append("return ;;\n");
      }
    }
    return out.toString();
  }

  private static String reply(Values values) {
    return switch (values.kind()) {
      case FILE -> "COMPREPLY=($(compgen -f -- \"$cur\")); ";
      case CHOICE ->
          "COMPREPLY=($(compgen -W '%s' -- \"$cur\")); "
              .formatted(String.join(" ", values.choices()));
      case ASK -> "_hearth_ask; ";
      case ANYTHING, NOTHING -> "";
    };
  }

  private String nodes() {
    var out = new StringBuilder();
    for (var node : model.nodes()) {
      out.append("    '%s') ".formatted(node.path()));
      out.append("local words='%s' ".formatted(words(node)));
      out.append("options='%s' ".formatted(options(node)));
      out.append("asks='%s' ".formatted(takes(node, Values.Kind.ASK) ? "yes" : ""));
      out.append("grows='%s' ".formatted(node.grows() ? "yes" : ""));
      out.append("files='%s' ;;\n".formatted(takes(node, Values.Kind.FILE) ? "yes" : ""));
    }
    return out.toString();
  }

  private static String words(Node node) {
    var choices = node.arguments().stream().flatMap(values -> values.choices().stream()).toList();
    var words = node.words().stream().map(Word::text).toList();
    return String.join(" ", words.isEmpty() ? choices : words);
  }

  private static String options(Node node) {
    List<String> names =
        node.options().stream().flatMap(option -> option.names().stream()).toList();
    return String.join(" ", names);
  }

  private static boolean takes(Node node, Values.Kind kind) {
    return node.arguments().stream().anyMatch(values -> values.kind() == kind);
  }
}
