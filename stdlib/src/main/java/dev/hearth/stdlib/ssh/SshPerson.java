package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.HostKeyQuestion;
import dev.hearth.runtime.effect.ssh.PassphraseQuestion;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Person;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the person who follows a run is asked about a host, as ssh would. */
final class SshPerson implements HostKeyQuestion, PassphraseQuestion {
  private final Person person;
  private final String host;

  private SshPerson(Person person, String host) {
    this.person = person;
    this.host = host;
  }

  /**
   * Whoever follows the run, if somebody does and can be asked.
   *
   * @param host as the user calls it
   */
  static Optional<SshPerson> of(Person person, String host) {
    return person.canBeAsked() ? Optional.of(new SshPerson(person, host)) : Optional.empty();
  }

  /** The return key alone is no answer: what is at stake is worth a word. */
  @Override
  public boolean isRightHost(String known, String type, String fingerprint) {
    var text =
        "The host %s is not known. Its %s key is %s. Trust it from now on"
            .formatted(known, type, fingerprint);
    var problem = "";
    while (true) {
      var question = new Person.Question(text, "yes/no/fingerprint", List.of(), problem);
      var answer = answered(() -> person.ask(question)).orElse("");
      var word = answer.toLowerCase(Locale.ROOT);
      if (word.equals("yes") || answer.equals(fingerprint)) {
        return true;
      }
      if (word.equals("no")) {
        return false;
      }
      problem =
          answer.startsWith("SHA256:")
              ? "That is not the fingerprint of this host."
              : "Please answer yes or no, or with the fingerprint that the host should have.";
    }
  }

  @Override
  public Optional<Secret> passphrase(Path key, boolean again) {
    var question =
        new Person.Question(
            "Passphrase of the key %s for %s".formatted(key, host),
            "",
            List.of(),
            again ? "It does not open the key." : "");
    return answered(() -> person.askSecret(question));
  }

  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws InterruptedException;
  }

  private <T> T answered(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(SshError.INTERRUPTED, host).causedBy(e);
    }
  }
}
