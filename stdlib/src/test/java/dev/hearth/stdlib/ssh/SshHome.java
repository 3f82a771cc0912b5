package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.PlainPage;
import dev.hearth.runtime.run.RecipePrompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A user with a home of their own: an ssh_config, keys, known hosts, and recipes. */
final class SshHome {
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private @Nullable RecipePrompt person;

  SshHome(Path home) {
    this.home = home;
    environment.put("HOME", home.toString());
    try {
      Files.createDirectories(ssh(""));
      Files.writeString(ssh("config"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file in {@code ~/.ssh}. */
  Path ssh(String file) {
    return home.resolve(".ssh").resolve(file);
  }

  Path path() {
    return home;
  }

  SshHome variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Somebody who follows the runs from now on, and answers. */
  SshHome followedBy(RecipePrompt who) {
    person = who;
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
    return Optional.ofNullable(environment.get(variable));
  }

  /** Runs the body of a recipe, which has {@code ssh}, with these grants. */
  RunResult run(String body, String... grants) {
    events.clear();
    var builder = Hearth.builder().home(home.resolve("hearth")).environment(this::get);
    if (person != null) {
      builder.recipePrompt(person);
    }
    var hearth = builder.build();
    try {
      var recipe = home.resolve("recipe.js");
      Files.writeString(
          recipe,
          """
          import { ssh } from 'hearth:ssh';
          export const recipe = { summary: 'A test' };
          export default async ({ log }) => {
          %s
          };
          """
              .formatted(body));
      var request = RunRequest.of(recipe);
      for (var grant : grants) {
        request = request.allow(grant);
      }
      return hearth.run(request, events::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the body returned, as JSON; fails with the run's error. */
  String value(String body, String... grants) {
    var result = run(body, grants.length == 0 ? new String[] {"ssh:write"} : grants);
    if (result.error() != null) {
      throw new AssertionError(text(result));
    }
    return String.valueOf(result.value());
  }

  /** The sentence and the hint that the body failed with. */
  String failure(String body, String... grants) {
    var error =
        Objects.requireNonNull(
            run(body, grants.length == 0 ? new String[] {"ssh:write"} : grants).error(),
            "it did not fail");
    return error.code() + ": " + error.message() + "\n" + error.hint();
  }

  static String text(RunResult result) {
    return new ErrorRenderer(new PlainPage(), ErrorRenderer.Detail.FULL)
        .text(Objects.requireNonNull(result.error()));
  }

  List<RunEvent> events() {
    return List.copyOf(events);
  }
}
