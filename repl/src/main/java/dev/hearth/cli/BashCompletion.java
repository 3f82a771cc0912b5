package dev.hearth.cli;

import dev.hearth.cli.CompletionModel.Node;
import dev.hearth.cli.CompletionModel.Option;
import dev.hearth.cli.CompletionModel.Values;
import dev.hearth.cli.CompletionModel.Word;
import java.util.ArrayList;
import java.util.stream.Collectors;

/**
 * Completion for bash 3.2 and newer, without the bash-completion package.
 *
 * <p>What somebody types is never evaluated, and what is offered is quoted: a recipe chooses the
 * names and values of its flags.
 */
final class BashCompletion {
  private final CompletionModel model;

  BashCompletion(CompletionModel model) {
    this.model = model;
  }

  String script() {
    return """
    # bash completion for hearth; made by `hearth completion bash`

    # Takes the quotes off $1, evaluating nothing: $plain, and in $quote the one that is still open.
    _hearth_unquote() {
      local i char
      plain='' quote=''
      for ((i = 0; i < ${#1}; i++)); do
        char=${1:i:1}
        if [[ $char == "$quote" ]]; then
          quote=''
        elif [[ -z $quote && $char == [\\'\\"] ]]; then
          quote=$char
        elif [[ $char == \\\\ && $quote != \\' ]]; then
          plain+=${1:$((++i)):1}
        else
          plain+=$char
        fi
      done
    }

    # The words up to the cursor: $typed. Bash also cuts at `=` and `:`; here only blanks part words.
    _hearth_words() {
      local i piece rest=${COMP_LINE:0:COMP_POINT}
      local -a raw=()
      for ((i = 0; i <= COMP_CWORD; i++)); do
        if [[ $i -eq 0 || $rest == [[:space:]]* ]]; then raw+=(''); fi
        rest=${rest#"${rest%%%%[![:space:]]*}"}
        piece=${COMP_WORDS[i]}
        if [[ $i -eq $COMP_CWORD ]]; then piece=$rest; fi
        raw[${#raw[@]}-1]+=$piece
        rest=${rest#"$piece"}
      done
      for piece in "${raw[@]}"; do
        _hearth_unquote "$piece"
        typed+=("$plain")
      done
    }

    # Offers the words that begin with what is typed, so that they mean nothing else to the shell.
    _hearth_offer() {
      local word
      for word; do
        if [[ $word != "$current"* ]]; then continue; fi
        word=${word#"$kept"}
        if [[ -z $quote ]]; then
          printf -v word %%q "$word"
        elif [[ $quote$word == \\'*\\'* || $quote$word == \\"*[\\"\\\\\\$\\`!]* ]]; then
          continue
        fi
        COMPREPLY+=("$word")
      done
    }

    # Offers what only hearth knows: connections, runs, the flags of a recipe.
    _hearth_ask() {
      local word program=${typed[0]}
      if [[ $program == \\~/* ]]; then program=$HOME/${program#*/}; fi
      while IFS=$'\\t' read -r word _; do
        _hearth_offer "$word"
      done < <("$program" %s "${typed[@]:1}" </dev/null 2>/dev/null)
    }

    # Leaves it to readline, which knows about blanks, folders and `~`.
    _hearth_files() {
      compopt -o default 2>/dev/null
    }

    _hearth() {
      local plain quote current kept option last path='' attached='' kinds='' word
      local -a typed=() words=() options=()
      COMPREPLY=()
      _hearth_words
      last=$((${#typed[@]} - 1))
      current=${typed[last]} option=${typed[last-1]}
      # readline replaces $2 only, and has taken the open quote off
      if [[ -n $quote ]]; then plain=$2; else _hearth_unquote "$2"; fi
      kept=${current%%"$plain"}
      if [[ $current == --*=* ]]; then option=${current%%%%=*} attached=$option=; fi
      for word in "${typed[@]:1:last-1}"; do
        case "$path $word" in
    %s      *) break ;;
        esac
      done
      case "$path:$option" in
    %s  esac
      case "$path" in
    %s  esac
      if [[ $current == -* ]]; then
        _hearth_offer "${options[@]}"
      else
        _hearth_offer "${words[@]}"
        if [[ $kinds == *asks* ]]; then _hearth_ask; fi
      fi
      if [[ $kinds == *grows* && ($current == -* || $option == -*) ]]; then _hearth_ask; fi
      if [[ ($current != -* || -n $attached) && $kinds == *files* && ${#COMPREPLY[@]} -eq 0 ]]; then _hearth_files; fi
    }
    if type compopt >/dev/null 2>&1; then
      complete -F _hearth hearth
    else # bash 3.2, as on macOS: files wherever nothing else fits
      complete -o default -F _hearth hearth
    fi
    """
        .formatted(Completer.COMMAND, paths(), values(), nodes());
  }

  /** Which words lead to which path; the path of two words begins where that of one has led. */
  private String paths() {
    return model.nodes().stream()
        .map(Node::path)
        .filter(path -> !path.isEmpty())
        .map(
            path ->
                "      '%s%s') path='%s' ;;\n".formatted(path.contains(" ") ? "" : " ", path, path))
        .collect(Collectors.joining());
  }

  /** What follows an option that takes a value. */
  private String values() {
    var out = new StringBuilder();
    for (var node : model.nodes()) {
      for (var option : node.options()) {
        if (option.takesValue()) {
          out.append("    ").append(valuesOf(node, option)).append(" ;;\n");
        }
      }
    }
    return out.toString();
  }

  private static String valuesOf(Node node, Option option) {
    var places = option.names().stream().map(name -> "'%s:%s'".formatted(node.path(), name));
    var reply = reply(option.values()) + "return";
    return places.collect(Collectors.joining("|"))
        + (option.attached() ? ") if [[ -n $attached ]]; then " + reply + "; fi" : ") " + reply);
  }

  private static String reply(Values values) {
    return switch (values.kind()) {
      case FILE -> "_hearth_files; ";
      case CHOICE ->
          values.choices().stream()
              .map(choice -> " \"$attached\"" + choice)
              .collect(Collectors.joining("", "_hearth_offer", "; "));
      case ASK -> "_hearth_ask; ";
      case ANYTHING, NOTHING -> "";
    };
  }

  private String nodes() {
    return model.nodes().stream()
        .map(
            node ->
                "    '%s') words=(%s) options=(%s) kinds='%s' ;;\n"
                    .formatted(node.path(), words(node), options(node), kinds(node)))
        .collect(Collectors.joining());
  }

  private static String words(Node node) {
    var choices = node.arguments().stream().flatMap(values -> values.choices().stream()).toList();
    var words = node.words().stream().map(Word::text).toList();
    return String.join(" ", words.isEmpty() ? choices : words);
  }

  private static String options(Node node) {
    return node.options().stream()
        .flatMap(option -> option.names().stream())
        .collect(Collectors.joining(" "));
  }

  private static String kinds(Node node) {
    var kinds = new ArrayList<String>();
    if (takes(node, Values.Kind.ASK)) {
      kinds.add("asks");
    }
    if (node.grows()) {
      kinds.add("grows");
    }
    if (takes(node, Values.Kind.FILE)) {
      kinds.add("files");
    }
    return String.join(" ", kinds);
  }

  private static boolean takes(Node node, Values.Kind kind) {
    return node.arguments().stream().anyMatch(values -> values.kind() == kind);
  }
}
