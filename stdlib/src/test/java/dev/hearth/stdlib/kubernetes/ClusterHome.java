package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.PlainPage;
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

/** A user with a kubeconfig and recipes. */
final class ClusterHome {
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();

  ClusterHome(Path home) {
    this.home = home;
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
  }

  ClusterHome variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ClusterHome kubeconfig(Path file) {
    return variable("KUBECONFIG", file.toString());
  }

  /** A file of this home. */
  Path file(String name, String content) {
    try {
      var file = home.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> get(String variable) {
    return Optional.ofNullable(environment.get(variable));
  }

  Hearth hearth() {
    return Hearth.builder().home(home.resolve("hearth")).environment(this::get).build();
  }

  /** Runs the body of a recipe, which has {@code kubernetes} and {@code k8s}, with these grants. */
  RunResult run(String body, String... grants) {
    events.clear();
    var recipe =
        file(
            "recipe.js",
            """
            import { kubernetes } from 'hearth:kubernetes';
            export const recipe = { summary: 'A test' };
            export default async ({ log, step }) => {
            const k8s = kubernetes();
            %s
            };
            """
                .formatted(body));
    var request = RunRequest.of(recipe);
    for (var grant : grants.length == 0 ? new String[] {"kubernetes:write"} : grants) {
      request = request.allow(grant);
    }
    try {
      return hearth().run(request, events::add);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the body returned, as JSON; fails with the run's error. */
  String value(String body, String... grants) {
    var result = run(body, grants);
    if (result.error() != null) {
      throw new AssertionError(text(result));
    }
    return String.valueOf(result.value());
  }

  /** The code, the sentence and the hint that the body failed with. */
  String failure(String body, String... grants) {
    var error = Objects.requireNonNull(run(body, grants).error(), "it did not fail");
    return error.code() + ": " + error.message() + "\n" + error.hint();
  }

  static String text(RunResult result) {
    return new ErrorRenderer(new PlainPage(), ErrorRenderer.Detail.FULL)
        .text(Objects.requireNonNull(result.error()));
  }

  List<RunEvent> events() {
    return List.copyOf(events);
  }

  /** All that the last run told anybody, as text. */
  String told() {
    return events.toString();
  }
}
