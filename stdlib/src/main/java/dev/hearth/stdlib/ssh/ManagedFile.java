package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file or a folder as it should be on a host. A link at its path is replaced, not followed. */
final class ManagedFile {
  private static final String OWNER = "[A-Za-z0-9_][A-Za-z0-9_.-]*\\$?";
  private static final String NEW_FILE = "0644";
  private static final String NEW_SECRET = "0600";
  private static final String NEW_FOLDER = "0755";

  private final Host host;

  ManagedFile(Host host) {
    this.host = host;
  }

  /**
   * What is asked for; what is absent is left as it is.
   *
   * @param state {@code file}, {@code folder} or {@code absent}
   * @param mode three or four octal digits
   * @param recursive whether a folder goes with all that is in it
   * @param secret whether nobody is told how long the content is, and what its hash
   */
  record Spec(
      String path,
      @Nullable String state,
      @Nullable String mode,
      @Nullable String owner,
      @Nullable String group,
      @Nullable Boolean recursive,
      @Nullable Boolean secret,
      @Nullable Boolean sudo) {
    String wanted() {
      HostScript.require("path", path, "(?s)/[^\0]*[^\0/]");
      if (mode != null) {
        HostScript.require("mode", mode, "[0-7]{3,4}");
      }
      if (owner != null) {
        HostScript.require("owner", owner, OWNER);
      }
      if (group != null) {
        HostScript.require("group", group, OWNER);
      }
      return HostScript.require("state", state == null ? "file" : state, "file|folder|absent");
    }

    boolean isSecret() {
      return Boolean.TRUE.equals(secret);
    }

    /** With four digits, as it is compared. */
    @Nullable String fullMode() {
      return mode == null || mode.length() == 4 ? mode : "0" + mode;
    }
  }

  /**
   * How a file is.
   *
   * @param type {@code file}, {@code folder}, {@code link} or {@code other}
   * @param sha256 of a file, unless it is a secret
   */
  record State(
      String type,
      String mode,
      String owner,
      String group,
      @Nullable Long sizeBytes,
      @Nullable String sha256) {
    private State withoutContent() {
      return new State(type, mode, owner, group, null, null);
    }
  }

  Change<State> ensure(Spec spec, Optional<FileContent> content) {
    var wanted = spec.wanted();
    var script =
        new HostScript(
            host, "`" + VisibleText.of(spec.path()) + "`", Boolean.TRUE.equals(spec.sudo()));
    if (content.isPresent() && !wanted.equals("file")) {
      throw new HearthException(
          EnsureError.SPEC_WRONG, "state", "is `" + wanted + "`, which has no content");
    }
    var before = state(script, spec.path());
    var made =
        switch (wanted) {
          case "absent" -> remove(spec, script, before);
          case "folder" -> folder(spec, script, before);
          default -> file(spec, script, before, content);
        };
    var after = made ? state(script, spec.path()) : before;
    return new Change<>(made, shown(spec, before), shown(spec, after));
  }

  private static @Nullable State shown(Spec spec, Optional<State> state) {
    return state
        .map(it -> spec.isSecret() || !it.type().equals("file") ? it.withoutContent() : it)
        .orElse(null);
  }

  private Optional<State> state(HostScript script, String path) {
    var said =
        script.facts(
            """
            p=%s
            has() { command -v "$1" >/dev/null 2>&1; }
            if [ -h "$p" ]; then echo type=link; elif [ -d "$p" ]; then echo type=folder
            elif [ -f "$p" ]; then echo type=file; elif [ -e "$p" ]; then echo type=other
            else exit 0; fi
            stat -c 'mode=%%a
            owner=%%U
            group=%%G
            size=%%s' -- "$p" || exit
            [ -f "$p" ] && [ ! -h "$p" ] && [ -r "$p" ] || exit 0
            if has sha256sum; then h() { sha256sum; }; else h() { openssl dgst -sha256 -r; }; fi
            echo "sha256=$(h <"$p")"
            """
                .formatted(RemoteScript.quoted(path)));
    if (!said.containsKey("type")) {
      return Optional.empty();
    }
    var mode = said.getOrDefault("mode", "0");
    var hash = said.getOrDefault("sha256", "").split(" ", 2)[0];
    return Optional.of(
        new State(
            said.get("type"),
            "0".repeat(Math.max(0, 4 - mode.length())) + mode,
            said.getOrDefault("owner", ""),
            said.getOrDefault("group", ""),
            Long.valueOf(said.getOrDefault("size", "0")),
            hash.isEmpty() ? null : hash));
  }

  private boolean remove(Spec spec, HostScript script, Optional<State> before) {
    if (before.isEmpty()) {
      return false;
    }
    var path = RemoteScript.quoted(spec.path());
    if (!before.get().type().equals("folder")) {
      script.run("rm -f -- " + path);
    } else if (Boolean.TRUE.equals(spec.recursive())) {
      script.run("rm -rf -- " + path);
    } else {
      script.run("rmdir -- " + path);
    }
    return true;
  }

  private boolean folder(Spec spec, HostScript script, Optional<State> before) {
    requireNothingElse(spec, before, "folder");
    if (before.isEmpty()) {
      var mode = Optional.ofNullable(spec.fullMode()).orElse(NEW_FOLDER);
      script.run(
          "p="
              + RemoteScript.quoted(spec.path())
              + "; mkdir -p -- \"$p\" && "
              + owned(spec, "\"$p\"", before)
              + "chmod "
              + mode
              + " -- \"$p\"");
      return true;
    }
    return adjust(spec, script, before.get());
  }

  private boolean file(
      Spec spec, HostScript script, Optional<State> before, Optional<FileContent> content) {
    requireNothingElse(spec, before, "file");
    var isFile = before.filter(state -> state.type().equals("file"));
    if (isFile.isPresent()
        && content.filter(it -> !it.sha256().equals(isFile.get().sha256())).isEmpty()) {
      return adjust(spec, script, isFile.get());
    }
    var mode =
        Optional.ofNullable(spec.fullMode())
            .or(() -> isFile.map(State::mode))
            .orElse(spec.isSecret() ? NEW_SECRET : NEW_FILE);
    // Whoever owns the folder could put a link in the place of the file between two commands: what
    // is written has a name that only we know, and the last step replaces whatever is there.
    script.run(
        """
        p=%s; umask 077
        t=$(mktemp "$(dirname -- "$p")/.hearth-XXXXXX") || exit
        trap 'rm -f -- "$t"' EXIT; trap 'exit 143' HUP INT TERM
        cat >"$t" && %schmod %s -- "$t" && mv -fT -- "$t" "$p"
        """
            .formatted(RemoteScript.quoted(spec.path()), owned(spec, "\"$t\"", isFile), mode),
        content.map(FileContent::input).orElse(RemoteInput.NONE));
    return true;
  }

  /** A link is no file, and what it leads to is none of ours: it is replaced. */
  private void requireNothingElse(Spec spec, Optional<State> before, String wanted) {
    if (before.isPresent()
        && !before.get().type().equals(wanted)
        && !(wanted.equals("file") && before.get().type().equals("link"))) {
      throw new HearthException(
          EnsureError.FILE_IN_THE_WAY,
          VisibleText.of(spec.path()),
          host.target().name(),
          before.get().type().equals("other") ? "special file" : before.get().type(),
          wanted);
    }
  }

  /** Changes the owner, where that is asked for or the old one has to be kept. */
  private static String owned(Spec spec, String target, Optional<State> before) {
    if (spec.owner() == null && spec.group() == null) {
      return before
          .map(
              old ->
                  "{ [ \"$(id -u)\" != 0 ] || chown -h -- %s:%s %s; } && "
                      .formatted(
                          RemoteScript.quoted(old.owner()),
                          RemoteScript.quoted(old.group()),
                          target))
          .orElse("");
    }
    var owner = Optional.ofNullable(spec.owner()).or(() -> before.map(State::owner)).orElse("");
    var group = Optional.ofNullable(spec.group()).or(() -> before.map(State::group)).orElse("");
    var both = group.isEmpty() ? owner : owner + ":" + group;
    return "chown -h -- " + RemoteScript.quoted(both) + " " + target + " && ";
  }

  /** Changes who owns it and what they may, where that differs. */
  private static boolean adjust(Spec spec, HostScript script, State before) {
    boolean owner =
        (spec.owner() != null && !spec.owner().equals(before.owner()))
            || (spec.group() != null && !spec.group().equals(before.group()));
    var mode = spec.fullMode();
    boolean bits = mode != null && !mode.equals(before.mode());
    if (!owner && !bits) {
      return false;
    }
    var kept = mode == null ? before.mode() : mode; // a new owner takes the s-bits away
    script.run(
        "p="
            + RemoteScript.quoted(spec.path())
            + "; "
            + (owner ? owned(spec, "\"$p\"", Optional.of(before)) : "")
            + "chmod "
            + kept
            + " -- \"$p\"");
    return true;
  }
}
