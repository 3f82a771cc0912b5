package dev.hearth.cli;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.ConnectionTrial;
import dev.hearth.runtime.settings.Connections;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionField;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Questions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code hearth connect add BINDING CONNECTION}: asks for what no flag gave, settles whose
 * certificate is believed, tries it, and stores it.
 */
final class ConnectAddCommand implements Command {
  private static final int MOST_TRIES = 3;

  private final Optional<Binding> binding;

  ConnectAddCommand() {
    this(Optional.empty());
  }

  private ConnectAddCommand(Optional<Binding> binding) {
    this.binding = binding;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        new Spec()
            .argument("BINDING", "The system, such as proxmox; its fields are flags.", List.of())
            .optionalArgument("CONNECTION", "A name for it, such as lab.", List.of())
            .flag("--default", "Recipes that name no connection get this one.")
            .flag("--replace", "Put it in place of the one of that name.")
            .flag("--no-test", "Store it without trying it.");
    binding.ifPresent(known -> flags(known).addTo(spec));
    return spec.build();
  }

  private static FieldFlags flags(Binding binding) {
    return new FieldFlags(binding.connectionFields());
  }

  @Override
  public boolean grows() {
    return true;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth connect add proxmox lab",
        "hearth connect add proxmox --help",
        "hearth connect add proxmox lab --url https://10.0.0.5:8006 --token-stdin < token");
  }

  @Override
  public Given given(List<String> arguments) {
    var bindings = Bindings.installed();
    var typed = TypedArguments.of(arguments, specOfAll(bindings));
    var named = typed.stream().findFirst().map(word -> Connectable.named(word, bindings));
    return new Given(new ConnectAddCommand(named), arguments);
  }

  /** Before the binding is known, any of them may be meant by a flag that stands before it. */
  private CommandSpec specOfAll(Bindings bindings) {
    var fields = new LinkedHashMap<String, ConnectionField>();
    Connectable.all(bindings)
        .forEach(
            each ->
                each.connectionFields().forEach(field -> fields.putIfAbsent(field.flag(), field)));
    var spec = new Spec();
    new FieldFlags(List.copyOf(fields.values())).addTo(spec);
    return spec.build();
  }

  @Override
  public int run(Invocation invocation) {
    var known = binding.orElseThrow();
    var hearth = invocation.hearth().build();
    var connections = hearth.surroundings().connections();
    var questions = new Questions(invocation.terminal());
    var draft = new ConnectionDraft(known, name(invocation, questions));
    if (invocation.has("--replace")) {
      Connections.checkName(draft.name());
    } else {
      connections.requireFree(known, draft.name());
    }
    var tries = !invocation.has("--no-test");
    flags(known).read(invocation, hearth.surroundings().secrets(), draft);
    if (invocation.terminal().interactive()) {
      flags(known).askForRequired(questions, draft);
      if (tries) {
        // nobody types a secret for a wrong address
        settleCertificate(invocation, hearth, draft, draft.destination());
      }
      flags(known).askForRest(questions, draft);
    }
    flags(known).requireAll("hearth connect add", draft);
    var verdict = Optional.<ConnectionVerdict>empty();
    if (tries) {
      settleCertificate(invocation, hearth, draft, draft.connection());
      verdict = Optional.of(tried(invocation, hearth, draft));
    }
    store(invocation, connections, draft);
    tell(invocation, new KnownConnections(hearth).show(known.name(), draft.name()), verdict);
    return 0;
  }

  private static String name(Invocation invocation, Questions questions) {
    var typed = Optional.ofNullable(invocation.argument(1));
    if (typed.isEmpty() && invocation.terminal().interactive()) {
      typed = questions.text("A name for it (such as lab):");
    }
    return typed.orElseThrow(
        () -> new HearthException(CliError.MISSING_ARGUMENT, "hearth connect add", "CONNECTION"));
  }

  /** Tries it; a secret that is not accepted is asked for again, where somebody can be asked. */
  private static ConnectionVerdict tried(
      Invocation invocation, Hearth hearth, ConnectionDraft draft) {
    var fields = flags(draft.binding());
    for (var left = MOST_TRIES - 1; ; left--) {
      try {
        return ConnectionVerdict.of(hearth, draft.binding(), draft.connection(), invocation);
      } catch (HearthException e) {
        var refused = fields.secret(e.details().get("field"));
        if (left == 0 || refused.isEmpty() || !invocation.terminal().interactive()) {
          throw e;
        }
        var questions = new Questions(invocation.terminal());
        questions.say(SafeText.line(e.sentence() + " " + e.hint()));
        fields.askAgain(questions, refused.get(), draft);
      }
    }
  }

  /** Nothing secret leaves before this is settled. */
  private static void settleCertificate(
      Invocation invocation, Hearth hearth, ConnectionDraft draft, Connection connection) {
    var field = draft.fingerprint();
    if (field.isEmpty() || draft.has(field.get())) {
      return; // a given fingerprint is compared by the handshake of the test
    }
    var surroundings = hearth.surroundings();
    var question =
        new CertificateQuestion(invocation.terminal(), surroundings.net(), field.get().source());
    for (var address : new ConnectionTrial(surroundings, draft.binding(), connection).addresses()) {
      question.settle(address).ifPresent(pin -> draft.put(field.get(), pin.toString()));
    }
  }

  private static void store(Invocation invocation, Connections connections, ConnectionDraft draft) {
    if (invocation.has("--replace")) {
      connections.replace(draft.binding(), draft.name(), draft.toStore(), draft.own());
    } else {
      connections.add(draft.binding(), draft.name(), draft.toStore(), draft.own());
    }
    if (invocation.has("--default")) {
      connections.makeDefault(draft.binding().name(), draft.name());
    }
  }

  private static void tell(
      Invocation invocation, ShownConnection shown, Optional<ConnectionVerdict> verdict) {
    if (invocation.json()) {
      var document = JsonDocument.of("connection");
      shown.writeTo(document);
      verdict.ifPresentOrElse(
          tried -> tried.writeTo(document.putObject("test")), () -> document.putNull("test"));
      invocation.terminal().out().println(JsonDocument.line(document));
      return;
    }
    verdict.ifPresent(tried -> invocation.say(tried.text().stripTrailing()));
    var words = SafeText.line(shown.binding() + " " + shown.name());
    invocation.say(
        switch (shown.standing()) {
          case DEFAULT ->
              "Stored as " + words + ", the default: recipes that name no connection use it.";
          case OVERRIDDEN ->
              "Stored as " + words + ", the default once the environment names none.";
          case NAMED ->
              "Stored as " + words + "; use it with `--connection " + choice(shown) + "`.";
        });
  }

  private static String choice(ShownConnection shown) {
    return shown.binding() + "=" + shown.name();
  }
}
