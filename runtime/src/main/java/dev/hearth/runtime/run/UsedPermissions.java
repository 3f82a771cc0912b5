package dev.hearth.runtime.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.storage.TornLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run used and was refused, read from its {@link PermissionLog}: each thing once, in the
 * order of the first times.
 *
 * @param uses what was asked for
 * @param untold how many checks found no more room in the log
 */
public record UsedPermissions(List<Use> uses, long untold) {
  public UsedPermissions {
    uses = List.copyOf(uses);
  }

  /**
   * One thing.
   *
   * @param principal who asked, such as {@code hearth:proxmox}
   * @param permission in its canonical form
   * @param granted whether it was allowed
   * @param by what allowed it: {@code flag}, {@code prompt}, {@code remembered}, {@code
   *     connection}, {@code simulation}; empty when it was refused
   * @param resolved all that it turned out to be
   * @param count how often it was checked
   * @param first when it was asked for first
   */
  public record Use(
      String principal,
      String permission,
      boolean granted,
      String by,
      Set<String> resolved,
      long count,
      Instant first) {
    private Use plus(Use other) {
      var all = new LinkedHashSet<>(resolved);
      all.addAll(other.resolved());
      var earlier = other.first().isBefore(first) ? other.first() : first;
      return new Use(principal, permission, granted, by, all, count + other.count(), earlier);
    }

    Use again(String alsoResolved) {
      var all = new LinkedHashSet<>(resolved);
      if (alsoResolved.isEmpty()) {
        return new Use(principal, permission, granted, by, all, count + 1, first);
      }
      all.add(alsoResolved);
      return new Use(principal, permission, granted, by, all, count, first);
    }
  }

  /** What several runs used, as if it had been one. */
  public static UsedPermissions together(List<UsedPermissions> runs) {
    var all = new LinkedHashMap<List<Object>, Use>();
    long untold = 0;
    for (var run : runs) {
      untold += run.untold();
      for (var use : run.uses()) {
        all.merge(
            List.of(use.principal(), use.permission(), use.granted(), use.by()), use, Use::plus);
      }
    }
    return new UsedPermissions(new ArrayList<>(all.values()), untold);
  }

  /** Reads the log that stands beside a journal; a run that asked for nothing has none. */
  static UsedPermissions beside(Path journal) {
    var file = journal.resolveSibling(PermissionLog.NAME);
    var reading = new Reading();
    try {
      new TornLines(file).forEach(reading::line);
    } catch (NoSuchFileException e) {
      return new UsedPermissions(List.of(), 0);
    } catch (IOException e) {
      throw new HearthException(RunError.PERMISSIONS_NOT_READ, file)
          .with("reason", String.valueOf(e.getMessage()))
          .causedBy(e);
    }
    return new UsedPermissions(new ArrayList<>(reading.uses.values()), reading.untold);
  }

  private static final class Reading {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<List<Object>, Use> uses = new LinkedHashMap<>();
    private long untold;

    /** A line that a crash tore tells nothing, and is the last one. */
    void line(TornLines.Line line) {
      if (line.complete()) {
        try {
          read(JSON.readTree(new String(line.text(), StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
          untold++;
        }
      }
    }

    private void read(JsonNode line) {
      switch (line.path("type").asText()) {
        case "permission" -> use(line);
        case "more" -> untold += line.path("count").asLong();
        default -> {} // from a newer Hearth
      }
    }

    private void use(JsonNode line) {
      var use =
          new Use(
              line.path("principal").asText(),
              line.path("permission").asText(),
              line.path("granted").asBoolean(),
              line.path("by").asText(),
              Set.of(),
              0,
              Instant.parse(line.path("time").asText()));
      uses.merge(
          List.of(use.principal(), use.permission(), use.granted(), use.by()),
          use.again(line.path("resolved").asText()),
          (known, _) -> known.again(line.path("resolved").asText()));
    }
  }
}
