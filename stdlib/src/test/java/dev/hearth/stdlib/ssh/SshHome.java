package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.run.RecipePrompt;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A user with a home of their own: an ssh_config, keys, known hosts, and recipes. */
final class SshHome {
  private final UserHome user;

  SshHome(Path home) {
    user = new UserHome(home, "ssh").write(".ssh/config", "");
  }

  /** A file in {@code ~/.ssh}. */
  Path ssh(String file) {
    return user.file(".ssh/" + file);
  }

  Path path() {
    return user.path();
  }

  SshHome variable(String name, String value) {
    user.variable(name, value);
    return this;
  }

  /** Somebody who follows the runs from now on, and answers. */
  SshHome followedBy(RecipePrompt who) {
    user.followedBy(who);
    return this;
  }

  /** Adds to the user's ssh_config. */
  SshHome config(String text) {
    return append(ssh("config"), text + "\n");
  }

  SshHome knownHost(String line) {
    return append(ssh("known_hosts"), line.strip() + "\n");
  }

  private SshHome append(Path file, String text) {
    try {
      var before = Files.exists(file) ? Files.readString(file) : "";
      Files.writeString(file, before + text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An alias for a server whose key is known and that knows the user's. */
  SshHome alias(String name, Sshd server) {
    return knownHost(server.knownHost())
        .config(
            """
            Host %s
              HostName 127.0.0.1
              Port %d
              User %s
              IdentityFile %s
            """
                .formatted(name, server.port(), Sshd.USER, server.key()));
  }

  Optional<String> get(String variable) {
    return user.get(variable);
  }

  /** Runs the body of a recipe, which has {@code ssh}, with these grants. */
  RunResult run(String body, String... grants) {
    return user.run(body, grants);
  }

  /** What the body returned, as JSON; fails with the run's error. */
  String value(String body, String... grants) {
    return user.value(body, grants);
  }

  /** The sentence and the hint that the body failed with. */
  String failure(String body, String... grants) {
    return user.failure(body, grants);
  }

  static String text(RunResult result) {
    return UserHome.text(result);
  }

  List<String> audited() {
    return user.audited();
  }

  List<RunEvent> events() {
    return user.events();
  }
}
