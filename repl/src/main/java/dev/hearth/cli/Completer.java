package dev.hearth.cli;

import dev.hearth.cli.CompletionModel.Word;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.TakeUp;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.param.Parameter;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.RunDetails.StepState;
import dev.hearth.runtime.run.RunState;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.run.Surroundings;
import dev.hearth.runtime.settings.Places;
import dev.hearth.runtime.settings.Setting;
import dev.hearth.runtime.settings.StoredConnection;
import dev.hearth.runtime.settings.UserSettings;
import dev.hearth.runtime.spi.Binding;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What may be typed next where that depends on the machine: the flags of a recipe, connections,
 * runs. The completion scripts ask for it; the rest they know themselves. It reads files and
 * nothing else: no engine, no network.
 */
final class Completer {
  /** What the scripts type after {@code hearth}, with all words up to the cursor behind it. */
  static final String COMMAND = "__complete";

  private static final int MOST_RUNS = 50;
  private static final Set<StepState> ASKABLE =
      EnumSet.of(StepState.OPEN, StepState.UNRECORDED, StepState.UNDOING);

  private final Environment environment;

  Completer(Environment environment) {
    this.environment = environment;
  }

  /**
   * The words that fit.
   *
   * @param words those behind {@code hearth}; the last one is being typed and may be empty
   */
  List<Word> complete(List<String> words) {
    if (words.size() < 2) {
      return List.of();
    }
    var before = words.subList(0, words.size() - 1);
    var current = words.getLast();
    try {
      return Commands.at(before).stream()
          .flatMap(name -> candidates(new Place(name, argumentsOf(name, before), current)))
          .filter(word -> word.text().startsWith(current))
          .map(word -> new Word(SafeText.line(word.text()), SafeText.line(word.summary())))
          .toList();
    } catch (HearthException e) {
      return List.of(); // a message would stand in the middle of what somebody types
    }
  }

  private static List<String> argumentsOf(NamedCommand name, List<String> words) {
    return words.subList(name.words().split(" ", -1).length, words.size());
  }

  /**
   * Where the cursor is.
   *
   * @param before the arguments before it
   */
  private record Place(NamedCommand name, List<String> before, String current) {
    String previous() {
      return before.isEmpty() ? "" : before.getLast();
    }

    /** The option whose value is being typed, also as {@code --option=value}; else empty. */
    String option() {
      var sign = current.indexOf('=');
      return current.startsWith("--") && sign > 0 ? current.substring(0, sign) : previous();
    }

    /** What stands before the value in the word at the cursor. */
    String prefix() {
      return current.startsWith("--") && current.contains("=") ? option() + "=" : "";
    }
  }

  private Stream<Word> candidates(Place place) {
    if (place.option().equals("--profile")) {
      return new UserSettings(surroundings().places().config())
          .profiles().stream().map(name -> word(place.prefix() + name, ""));
    }
    if (place.option().equals("--connection")) {
      return stored().map(each -> word(place.prefix() + each.binding() + "=" + each.name(), ""));
    }
    return switch (place.name()) {
      case CommandName name -> ofCommand(name, place);
      case BindingCommand command ->
          BindingRecipe.read(command).schema().parameters().stream()
              .flatMap(parameter -> ofParameter(parameter, place));
    };
  }

  private Stream<Word> ofCommand(CommandName name, Place place) {
    return switch (name) {
      case RUN -> ofRecipe(place);
      case RUNS_SHOW, RUNS_LOGS -> runs(state -> true);
      case RESUME -> ofResume(place);
      case UNDO -> runs(state -> state != RunState.UNDONE && state != RunState.RUNNING);
      case SIM -> ofSimulator(place);
      case SECRETS_GET, SECRETS_EDIT, SECRETS_REMOVE -> secrets();
      case CONFIG_GET, CONFIG_SET, CONFIG_UNSET ->
          place.before().isEmpty()
              ? Setting.all().stream().map(each -> word(each.key(), each.summary()))
              : Stream.empty();
      case CONNECT_ADD -> ofNewConnection(place);
      case CONNECT_SHOW, CONNECT_TEST, CONNECT_DEFAULT, CONNECT_REMOVE -> ofConnection(place);
      default -> Stream.empty();
    };
  }

  private Stream<Word> ofSimulator(Place place) {
    var bindings = SimCommand.simulated(Bindings.installed());
    if (place.before().isEmpty()) {
      return names(bindings);
    }
    var named = place.before().getFirst();
    if (place.option().equals("--from")) {
      return stored()
          .filter(each -> each.binding().equals(named))
          .map(each -> word(place.prefix() + each.name(), ""));
    }
    return bindings.stream()
        .filter(binding -> binding.name().equals(named))
        .flatMap(binding -> FirstWorld.options(binding).stream())
        .map(option -> word(option.flag(), option.summary()));
  }

  private static Word word(String text, String summary) {
    return new Word(text, summary);
  }

  private Stream<Word> ofRecipe(Place place) {
    var typed = WorldFlags.attachEmptyValue(GrantFlags.of(place.before()).rest());
    var spec = CommonFlags.addTo(new RunCommand().spec());
    var recipe =
        TypedArguments.of(typed, spec).stream()
            .findFirst()
            .map(this::atHome)
            .map(NamedRecipe::read);
    return recipe.stream()
        .flatMap(named -> named.schema().parameters().stream())
        .flatMap(parameter -> ofParameter(parameter, place));
  }

  /** A shell hands {@code ~/recipe.js} over as it was typed. */
  private String atHome(String file) {
    return file.startsWith("~/") ? environment.get("HOME").orElse("~") + file.substring(1) : file;
  }

  private static Stream<Word> ofParameter(Parameter parameter, Place place) {
    if (place.option().equals(parameter.flag())) {
      return parameter.choices().stream().map(choice -> word(place.prefix() + choice.asText(), ""));
    }
    return Stream.concat(Stream.of(parameter.flag()), parameter.negation().stream())
        .map(flag -> word(flag, parameter.summary()));
  }

  /** The runs that stopped half-way; behind {@code --redo} and {@code --skip} their open steps. */
  private Stream<Word> ofResume(Place place) {
    if (!place.option().equals("--redo") && !place.option().equals("--skip")) {
      return runs(state -> state == RunState.STOPPED || state == RunState.CRASHED);
    }
    var spec = CommonFlags.addTo(new TakeUpCommand(TakeUp.RESUME).spec());
    return TypedArguments.of(place.before(), spec).stream()
        .limit(1)
        .flatMap(run -> store().show(run).steps().stream())
        .filter(step -> ASKABLE.contains(step.state()))
        .map(step -> word(place.prefix() + step.name(), ""));
  }

  private RunStore store() {
    return new RunStore(Places.of(environment).state(), Clock.system());
  }

  private Stream<Word> runs(Predicate<RunState> wanted) {
    return store().list(MOST_RUNS).stream()
        .filter(run -> wanted.test(run.state()))
        .map(
            run ->
                word(run.run(), RunPage.shortPath(run.recipe()) + " " + RunJson.word(run.state())));
  }

  private Stream<Word> ofNewConnection(Place place) {
    var bindings = Connectable.all(Bindings.installed());
    if (place.before().isEmpty()) {
      return names(bindings);
    }
    return bindings.stream()
        .filter(binding -> binding.name().equals(place.before().getFirst()))
        .flatMap(binding -> binding.connectionFields().stream())
        .map(field -> word(field.flag(), field.summary()));
  }

  private Stream<Word> ofConnection(Place place) {
    if (place.before().isEmpty()) {
      return names(Connectable.all(Bindings.installed()));
    }
    var binding = place.before().getFirst();
    return stored()
        .filter(each -> each.binding().equals(binding))
        .map(each -> word(each.name(), ""));
  }

  private Stream<StoredConnection> stored() {
    return surroundings().connections().list().stream();
  }

  private Stream<Word> secrets() {
    return surroundings().secrets().names().stream().map(name -> word(name, ""));
  }

  private Surroundings surroundings() {
    return Hearth.builder().environment(environment).build().surroundings();
  }

  private static Stream<Word> names(List<Binding> bindings) {
    return bindings.stream().map(binding -> word(binding.name(), ""));
  }
}
