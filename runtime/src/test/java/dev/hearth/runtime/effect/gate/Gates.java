package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.permission.PermissionParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Gates for tests, and what they recorded. */
final class Gates {
  private final List<String> record = new ArrayList<>();
  private final List<Path> closed = new ArrayList<>();
  private Consumer<Audit.Entry> listener = entry -> {};
  private Limits limits = Limits.DEFAULT;

  Gates closed(Path path) {
    closed.add(path);
    return this;
  }

  Gates limits(Limits better) {
    limits = better;
    return this;
  }

  /** Calls {@code action} on each first use and refusal, before the effect itself happens. */
  Gates onFirst(Consumer<Audit.Entry> action) {
    listener = action;
    return this;
  }

  /** The gate of {@code recipe.js} with these grants. */
  Gate granting(String... flags) {
    return run().as(principal(flags));
  }

  Gate run() {
    var audit =
        new Audit(
            entry -> {
              record.add((entry.granted() ? "used " : "refused ") + entry.permission());
              listener.accept(entry);
            });
    return Gate.of(limits, audit, closed);
  }

  static Principal principal(String... flags) {
    return new Principal(
        "recipe.js", PermissionParser.relativeTo(Path.of("/")).grants(List.of(flags)));
  }

  List<String> record() {
    return record;
  }

  static HearthException refusal(ThrowingCallable action) {
    return Assertions.catchThrowableOfType(HearthException.class, action);
  }

  static String id(ThrowingCallable action) {
    return refusal(action).id();
  }
}
