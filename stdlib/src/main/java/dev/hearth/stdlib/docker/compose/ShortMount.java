package dev.hearth.stdlib.docker.compose;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is mounted into a container in the short form: {@code ./conf:/conf:ro}, {@code data:/data}.
 *
 * @param source as it is written: a path, or the name of a volume; empty for a volume without one
 * @param target an absolute path in the container
 */
public record ShortMount(String source, String target, List<String> options) {
  private static final Set<String> PROPAGATIONS =
      Set.of("rprivate", "private", "rshared", "shared", "rslave", "slave");
  private static final Set<String> LABELS = Set.of("z", "Z");
  private static final String NO_COPY = "nocopy";

  /** What these once said of macOS is known to all engines and means nothing. */
  private static final Set<String> OTHERS =
      Set.of("ro", "rw", NO_COPY, "cached", "delegated", "consistent");

  public ShortMount {
    options = List.copyOf(options);
  }

  /** Reads it. */
  public static ShortMount read(String text, FormPlace place) {
    if (HostPaths.isMountOfWindows(text)) {
      throw HostPaths.ofWindows(text, place);
    }
    var parts = List.of(text.split(":", -1));
    if (parts.size() > 3 || parts.contains("")) {
      throw place.not(
          text,
          "mount",
          "Write `VOLUME:/path`, `./folder:/path:ro`, `/path` for a volume of its own, or `type`,"
              + " `source` and `target` by name.");
    }
    var mount =
        new ShortMount(
            parts.size() == 1 ? "" : parts.getFirst(),
            parts.get(parts.size() == 1 ? 0 : 1),
            parts.size() < 3 ? List.of() : List.of(parts.get(2).split(",", -1)));
    mount.requireMeant(place);
    return mount;
  }

  /** Fails for a path in a container that is not absolute. */
  public static void requireAbsolute(String target, FormPlace place) {
    if (!target.startsWith("/")) {
      throw place.wrong("has a path in the container that is not absolute", "Begin it with `/`.");
    }
  }

  private void requireMeant(FormPlace place) {
    requireAbsolute(target, place);
    for (var option : options) {
      if (!OTHERS.contains(option) && !LABELS.contains(option) && !PROPAGATIONS.contains(option)) {
        throw place.wrong(
            "has the option " + FormPlace.quoted(option) + ", which there is not",
            "Options are `ro`, `rw`, `nocopy`, `z`, `Z` and the propagations such as `rslave`.");
      }
    }
    if (isBind() && isWithoutCopy()) {
      throw place.wrong("has `nocopy`, which is for volumes", "Leave `nocopy` out.");
    }
    if (!isBind() && propagation().isPresent()) {
      throw place.wrong(
          "has `" + propagation().get() + "`, which is for folders of the host",
          "Leave it out, or begin the source with `./` or `/`.");
    }
  }

  /** Whether a file or folder of the host is meant, and no volume. */
  public boolean isBind() {
    return HostPaths.isPath(source);
  }

  public boolean isReadOnly() {
    return options.lastIndexOf("ro") > options.lastIndexOf("rw");
  }

  /** Whether a new volume stays empty, whatever the image has there. */
  public boolean isWithoutCopy() {
    return options.contains(NO_COPY);
  }

  /** How mounts below it reach the other side. */
  public Optional<String> propagation() {
    return last(PROPAGATIONS);
  }

  /** Whom SELinux lets in: {@code z} for all containers, {@code Z} for this one. */
  public Optional<String> selinux() {
    return last(LABELS);
  }

  private Optional<String> last(Set<String> of) {
    return options.reversed().stream().filter(of::contains).findFirst();
  }
}
