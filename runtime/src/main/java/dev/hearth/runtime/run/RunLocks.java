package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.storage.JsonFile;
import dev.hearth.runtime.storage.ProcessMark;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Names that one run at a time may hold, so that no two runs of this user change the same objects.
 * A name whose holder is gone is free. Safe for several threads and processes.
 */
public final class RunLocks {
  private static final String LOCKS = "locks";

  /** What runs of this process hold, by file: one that broke holds nothing any more. */
  private static final Set<String> HERE = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final JsonFile file;
  private final Clock clock;

  /**
   * The locks in a state folder.
   *
   * @param state the state folder; a file is made in it with the first lock
   */
  public RunLocks(Path state, Clock clock) {
    this.path = state.resolve("locks.json");
    this.file = JsonFile.own(path);
    this.clock = clock;
  }

  /** A name that is held until it is released. */
  final class Held {
    private final String name;
    private final Optional<String> left;

    private Held(String name, Optional<String> left) {
      this.name = name;
      this.left = left;
    }

    String name() {
      return name;
    }

    /** The run that held it when its process went. */
    Optional<String> left() {
      return left;
    }

    /** Says which run holds it, for those who come too late. */
    void by(String run) {
      file.update(content -> entry(content.root(), name).put("run", run));
    }

    /** Frees the name; that counts also where it cannot be written down, such as on a full disk. */
    void release() {
      HERE.remove(key(name));
      try {
        file.update(content -> content.root().withObjectProperty(LOCKS).remove(name));
      } catch (HearthException e) {
        // what stays in the file is an entry of nobody, as after a crash
      }
    }
  }

  /**
   * Takes a name.
   *
   * @throws HearthException {@code run.locked} when a run that lives holds it
   */
  Held take(String name) {
    var left = new AtomicReference<Optional<String>>(Optional.empty());
    file.update(
        content -> {
          var locks = content.root().withObjectProperty(LOCKS);
          if (locks.get(name) instanceof ObjectNode holder) {
            refuseHeld(name, holder);
            left.set(Optional.of(holder.path("run").asText()));
          }
          var own = ProcessMark.own();
          locks
              .putObject(name)
              .put("run", "")
              .put("pid", own.pid())
              .put("start", own.start())
              .put("since", clock.now().toString());
          HERE.add(key(name));
        });
    return new Held(name, Objects.requireNonNull(left.get()));
  }

  private void refuseHeld(String name, JsonNode holder) {
    var process = new ProcessMark(holder.path("pid").asLong(), holder.path("start").asText());
    var held = process.equals(ProcessMark.own()) ? HERE.contains(key(name)) : process.alive();
    if (held) {
      throw new HearthException(
          RunError.LOCKED, VisibleText.of(name), holder.path("run").asText(), process.pid());
    }
  }

  private static ObjectNode entry(ObjectNode root, String name) {
    return root.withObjectProperty(LOCKS).withObjectProperty(name);
  }

  private String key(String name) {
    return path + "\n" + name;
  }
}
