package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the shells can complete, in a form that is easy to write down in each of them. */
record CompletionModel(List<Node> nodes) {

  /**
   * What may follow some words.
   *
   * @param path the words after {@code hearth}: {@code ""}, {@code "runs"}, {@code "runs list"}
   * @param words commands that may follow, with their summaries
   * @param options options that may follow
   * @param arguments what arguments may be, in order
   * @param grows whether there are further options, which depend on the arguments: ask for them
   */
  record Node(
      String path, List<Word> words, List<Option> options, List<Values> arguments, boolean grows) {}

  record Word(String text, String summary) {}

  /**
   * An option.
   *
   * @param values what follows it
   * @param attached whether its value must be in the same word, as in {@code --simulate=FILE}
   */
  record Option(List<String> names, String summary, Values values, boolean attached) {
    boolean takesValue() {
      return values.kind() != Values.Kind.NOTHING;
    }

    private static Option flag(String summary, String... names) {
      return new Option(List.of(names), summary, Values.NOTHING, false);
    }
  }

  /**
   * What may stand in a place.
   *
   * @param kind which of these
   * @param label what help calls it
   * @param choices the texts, if it is one out of a few
   * @param repeats whether more than one may be given
   */
  record Values(Kind kind, String label, List<String> choices, boolean repeats) {
    private static final Values NOTHING = new Values(Kind.NOTHING, "", List.of(), false);

    enum Kind {
      NOTHING,
      ANYTHING,
      FILE,
      CHOICE,
      /** What there is on this machine: {@link Completer} knows. */
      ASK
    }
  }

  private static final List<String> FILE_LABELS = List.of("RECIPE", "FILE", "[=FILE]", "PATH");
  private static final Option HELP = Option.flag("Show help.", "-h", "--help");
  private static final Option VERSION = Option.flag("Print the version.", "-V", "--version");
  private static final List<String> ASK_LABELS =
      List.of(
          "RUN",
          "STEP",
          "BINDING",
          "CONNECTION",
          "SYSTEM",
          "BINDING=NAME",
          "SECRET",
          "SETTING",
          "PROFILE");

  static CompletionModel ofAllCommands() {
    var nodes = new ArrayList<Node>();
    nodes.add(new Node("", firstWords(), List.of(HELP, VERSION), List.of(), false));
    for (var first : Commands.firstWords()) {
      var group = Commands.ofGroup(first);
      if (!group.isEmpty()) {
        var words = group.stream().map(name -> new Word(second(name), name.summary())).toList();
        nodes.add(new Node(first, words, List.of(HELP), List.of(), false));
      }
    }
    for (var name : Commands.all()) {
      nodes.add(node(name, name.create()));
    }
    return new CompletionModel(nodes);
  }

  private static List<Word> firstWords() {
    return Commands.firstWords().stream().map(word -> new Word(word, summary(word))).toList();
  }

  private static String summary(String firstWord) {
    return Commands.at(List.of(firstWord))
        .map(NamedCommand::summary)
        .orElseGet(
            () ->
                String.join(
                    ", ",
                    Commands.ofGroup(firstWord).stream().map(CompletionModel::second).toList()));
  }

  private static String second(NamedCommand name) {
    return name.words().substring(name.words().indexOf(' ') + 1);
  }

  private static Node node(NamedCommand name, Command command) {
    var spec = CommonFlags.addTo(command.spec());
    return new Node(
        name.words(),
        List.of(),
        spec.options().stream().map(CompletionModel::option).toList(),
        spec.positionalParameters().stream().map(CompletionModel::values).toList(),
        command.grows());
  }

  private static Option option(OptionSpec option) {
    return new Option(
        List.of(option.names()),
        option.description()[0],
        option.arity().max() == 0 ? Values.NOTHING : values(option),
        option.arity().min() == 0);
  }

  private static Values values(ArgSpec spec) {
    var choices = new ArrayList<String>();
    if (spec.completionCandidates() != null) {
      spec.completionCandidates().forEach(choices::add);
    }
    var kind = choices.isEmpty() ? kind(spec.paramLabel()) : Values.Kind.CHOICE;
    return new Values(kind, spec.paramLabel(), choices, spec.isMultiValue());
  }

  private static Values.Kind kind(String label) {
    if (FILE_LABELS.contains(label)) {
      return Values.Kind.FILE;
    }
    return ASK_LABELS.contains(label) ? Values.Kind.ASK : Values.Kind.ANYTHING;
  }
}
