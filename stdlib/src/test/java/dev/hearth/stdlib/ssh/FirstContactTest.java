package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.run.RecipePrompt;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Person.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is asked about a host, and what becomes of the answers. */
class FirstContactTest {
  private static final String RUN = "return (await ssh('web1').run`echo in`).text();";

  private final Path folder;
  private final Answers answers = new Answers();
  private Sshd sshd;
  private SshHome user;

  FirstContactTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() {
    sshd = Sshd.start(folder.resolve("sshd"));
    user = new SshHome(folder.resolve("home")).followedBy(answers);
  }

  @AfterEach
  void stop() {
    sshd.close();
  }

  /** A person who gives these answers, one after the other. */
  private static final class Answers implements RecipePrompt {
    private final Deque<String> next = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    @Override
    public Optional<String> ask(String asker, Question question) {
      asked.add(question.problem() + "|" + question.text() + "? [" + question.hint() + "]");
      return Optional.of(next.remove()).filter(answer -> !answer.isEmpty());
    }

    @Override
    public Optional<Secret> askSecret(String asker, Question question) {
      asked.add(question.problem() + "|" + question.text() + "? (hidden)");
      return Optional.of(next.remove()).filter(answer -> !answer.isEmpty()).map(Secret::of);
    }

    @Override
    public void giveUp() {}
  }

  private void alias(Path key) {
    user.config(
        "Host web1\n HostName 127.0.0.1\n Port %d\n User %s\n HashKnownHosts no\n IdentityFile %s"
            .formatted(sshd.port(), Sshd.USER, key));
  }

  private String fingerprint() {
    return Sshd.run("ssh-keygen", "-lf", sshd.folder().resolve("host.pub").toString())
        .split(" ", 3)[1];
  }

  @Test
  void a_host_that_is_met_for_the_first_time_is_asked_about_and_recorded_for_the_real_ssh()
      throws IOException {
    alias(sshd.key());
    answers.next.addAll(List.of("", "SHA256:other", "yes"));

    assertThat(user.value(RUN)).isEqualTo("\"in\\n\"");
    assertThat(user.value(RUN)).isEqualTo("\"in\\n\"");

    var question =
        "|The host [127.0.0.1]:%d is not known. Its ED25519 key is %s. Trust it from now on? [yes/no/fingerprint]"
            .formatted(sshd.port(), fingerprint());
    assertThat(answers.asked)
        .containsExactly(
            question,
            "Please answer yes or no, or with the fingerprint that the host should have."
                + question,
            "That is not the fingerprint of this host." + question);
    assertThat(Files.readString(user.ssh("known_hosts")).strip())
        .isEqualTo(sshd.knownHost().strip().replaceFirst(" [^ ]*@[^ ]*$", ""));
  }

  @Test
  void the_fingerprint_is_an_answer_and_no_is_one_too() {
    alias(sshd.key());
    answers.next.add("no");
    assertThat(user.failure(RUN)).startsWith("ssh.host-key-refused: ");
    assertThat(user.ssh("known_hosts")).doesNotExist();

    answers.next.add(fingerprint());
    assertThat(user.value(RUN)).isEqualTo("\"in\\n\"");
  }

  @Test
  void a_key_that_has_changed_is_not_asked_about() throws IOException {
    var other = folder.resolve("other");
    Sshd.makeKey(other);
    alias(sshd.key());
    user.knownHost("[127.0.0.1]:" + sshd.port() + " " + Files.readString(Path.of(other + ".pub")));

    assertThat(user.failure(RUN)).startsWith("ssh.host-key-changed: ");
    assertThat(answers.asked).isEmpty();
  }

  @Test
  void two_connections_to_a_new_host_ask_once() {
    alias(sshd.key());
    user.config(
        "Host again\n HostName 127.0.0.1\n Port %d\n User %s\n IdentityFile %s"
            .formatted(sshd.port(), Sshd.USER, sshd.key()));
    answers.next.add("yes");

    assertThat(
            user.value(
                "return (await Promise.all(['web1', 'again'].map((name) => ssh(name).run`echo in`))).join();"))
        .isEqualTo("\"in,in\"");
    assertThat(answers.asked).hasSize(1);
  }

  @Test
  void a_passphrase_is_asked_for_once_in_a_run_whatever_the_form_of_the_key() throws IOException {
    user.knownHost(sshd.knownHost());
    for (var form :
        List.of(
            List.of("-t", "ed25519"),
            List.of("-t", "rsa", "-b", "3072", "-m", "PKCS8"),
            List.of("-t", "ecdsa", "-m", "PEM"))) {
      var key = folder.resolve("locked" + form.hashCode());
      var options = new ArrayList<>(form);
      options.addAll(List.of("-N", "open sesame"));
      Sshd.makeKey(key, options.toArray(String[]::new));
      Files.write(
          sshd.folder().resolve("authorized_keys"), Files.readAllBytes(Path.of(key + ".pub")));
      Files.writeString(user.ssh("config"), "");
      alias(key);
      user.config(
          "Host again\n HostName 127.0.0.1\n Port %d\n User %s\n IdentityFile %s"
              .formatted(sshd.port(), Sshd.USER, key));
      answers.asked.clear();
      answers.next.addAll(List.of("wrong", "open sesame"));

      assertThat(
              user.value(
                  "const first = await ssh('web1').run`echo in`; return `${first}${await ssh('again').run`echo in`}`;"))
          .as(form.toString())
          .isEqualTo("\"inin\"");
      assertThat(answers.asked)
          .containsExactly(
              "|Passphrase of the key %s for web1? (hidden)".formatted(key),
              "It does not open the key.|Passphrase of the key %s for web1? (hidden)"
                  .formatted(key));
      assertThat(user.events().toString()).doesNotContain("open sesame");
    }
  }

  @Test
  void a_key_that_a_person_leaves_out_is_not_asked_for_again() {
    user.knownHost(sshd.knownHost());
    var key = folder.resolve("locked");
    Sshd.makeKey(key, "-N", "open sesame");
    alias(key);
    answers.next.add("");

    assertThat(
            user.failure("await ssh('web1').run`id`.catch(() => {}); await ssh('web1').run`id`;"))
        .startsWith("ssh.key-encrypted: ");
    assertThat(answers.asked).hasSize(1);
  }
}
