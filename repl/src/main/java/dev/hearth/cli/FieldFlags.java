package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.tls.Fingerprint;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.secret.SecretStore;
import dev.hearth.runtime.spi.ConnectionField;
import dev.hearth.terminal.Questions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a binding's connections as flags, and as questions for what no flag gave. */
final class FieldFlags {
  private final List<ConnectionField> fields;

  FieldFlags(List<ConnectionField> fields) {
    this.fields = fields;
  }

  void addTo(Spec spec) {
    for (var field : fields) {
      if (field.isSecret()) {
        spec.flag(field.flag(), field.summary() + "; one line of standard input.");
        spec.option(
            field.secretFlag(), "SECRET", field.summary() + "; one of `hearth secrets list`.");
      } else {
        var example = field.example().isEmpty() ? "" : ", such as " + field.example();
        spec.option(field.flag(), label(field), field.summary() + example + ".");
      }
    }
  }

  private static String label(ConnectionField field) {
    return field.flag().substring(2).toUpperCase(Locale.ROOT);
  }

  /** Takes what the flags gave. Secrets stand on standard input in the order of the fields. */
  void read(Invocation invocation, SecretStore secrets, ConnectionDraft draft) {
    var input = new Questions(invocation.terminal());
    for (var field : fields) {
      if (field.isSecret()) {
        if (invocation.has(field.flag())) {
          var typed = input.line();
          draft.put(
              field,
              typed.orElseThrow(() -> new HearthException(CliError.NO_SECRET, field.flag())));
        }
        var named = invocation.value(field.secretFlag());
        if (named != null) {
          draft.putStored(field, named, secrets.require(named));
        }
        continue;
      }
      var value = invocation.value(field.flag());
      if (value != null) {
        draft.put(field, normal(field, value));
      }
    }
  }

  private static String normal(ConnectionField field, String value) {
    return field.kind() == ConnectionField.Kind.FINGERPRINT
        ? Fingerprint.parse(value).toString()
        : value.strip();
  }

  /** Fails for a required field that nothing gave. */
  void requireAll(String command, ConnectionDraft draft) {
    for (var field : fields) {
      if (field.kind() == ConnectionField.Kind.REQUIRED && !draft.has(field)) {
        throw new HearthException(CliError.MISSING_ARGUMENT, command, "`" + field.flag() + "`");
      }
    }
  }

  /** Asks for the required fields that no flag gave. */
  void askForRequired(Questions questions, ConnectionDraft draft) {
    for (var field : fields) {
      if (field.kind() == ConnectionField.Kind.REQUIRED && !draft.has(field)) {
        insist(questions, field, draft);
      }
    }
  }

  /**
   * Asks for other fields until the binding has enough. The certificate is looked up and not asked
   * for here.
   */
  void askForRest(Questions questions, ConnectionDraft draft) {
    for (var field : fields) {
      if (draft.has(field) || draft.isComplete()) {
        continue;
      }
      if (field.isSecret()) {
        questions.secret(question(field)).ifPresent(value -> draft.put(field, value));
      } else if (field.kind() == ConnectionField.Kind.OPTIONAL) {
        questions.text(question(field)).ifPresent(value -> draft.put(field, value));
      }
    }
  }

  /** The secret field of a name, such as an error blames; empty for anything else. */
  Optional<ConnectionField> secret(@Nullable Object name) {
    return fields.stream()
        .filter(field -> field.isSecret() && field.name().equals(name))
        .findFirst();
  }

  /** Asks for a secret anew; the return key alone keeps the old one. */
  void askAgain(Questions questions, ConnectionField field, ConnectionDraft draft) {
    questions.secret(question(field)).ifPresent(value -> draft.put(field, value));
  }

  private static void insist(Questions questions, ConnectionField field, ConnectionDraft draft) {
    while (true) {
      var answer = questions.text(question(field));
      answer.ifPresent(value -> draft.put(field, value));
      var problem = draft.problem(field);
      if (answer.isPresent() && problem.isEmpty()) {
        return;
      }
      questions.say(
          answer.isEmpty()
              ? "It cannot be left out."
              : problem.map(e -> SafeText.line(e.sentence() + " " + e.hint())).orElseThrow());
    }
  }

  private static String question(ConnectionField field) {
    return field.example().isEmpty()
        ? field.summary() + ":"
        : field.summary() + " (such as " + field.example() + "):";
  }
}
