package dev.hearth.stdlib.ssh;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users as they should be on a host: with useradd, or with adduser of BusyBox where that lacks. */
final class Users {
  private static final String NAME = "[a-z_][a-z0-9_-]{0,31}";
  private static final String PATH = "/[^\0\n:]*";
  private static final String TEXT = "[^\0\n:]*";
  private static final String KEY = "[^\0\n\r]*(ssh|ecdsa|sk)-[^\0\n\r]+";

  private final Host host;

  Users(Host host) {
    this.host = host;
  }

  /**
   * What is asked for; what is absent is left as it is.
   *
   * @param state {@code present} or {@code absent}
   * @param groups of which the user is a member, beside others
   * @param comment usually the full name
   * @param system whether a new one has a number of the system's
   * @param authorizedKeys lines that stand in the user's authorized_keys, beside others
   * @param removeHome whether the home goes with the user
   */
  record Spec(
      String name,
      @Nullable String state,
      @Nullable Integer uid,
      @Nullable List<String> groups,
      @Nullable String shell,
      @Nullable String home,
      @Nullable String comment,
      @Nullable Boolean system,
      @Nullable List<String> authorizedKeys,
      @Nullable Boolean removeHome,
      @Nullable Boolean sudo) {
    Spec {
      groups = groups == null ? List.of() : groups.stream().distinct().toList();
      authorizedKeys =
          authorizedKeys == null
              ? List.of()
              : authorizedKeys.stream().map(String::strip).distinct().toList();
    }

    boolean isAbsent() {
      HostScript.require("name", name, NAME);
      groups().forEach(group -> HostScript.require("groups", group, NAME));
      require("shell", shell, PATH);
      require("home", home, PATH);
      require("comment", comment, TEXT);
      keys().forEach(key -> HostScript.require("authorizedKeys", key, KEY));
      if (uid != null) {
        HostScript.require("uid", uid.toString(), "[0-9]{1,9}");
      }
      return HostScript.require("state", state == null ? "present" : state, "present|absent")
          .equals("absent");
    }

    private static void require(String option, @Nullable String text, String form) {
      if (text != null) {
        HostScript.require(option, text, form);
      }
    }

    @Override
    public List<String> groups() {
      return Objects.requireNonNullElse(groups, List.of());
    }

    List<String> keys() {
      return Objects.requireNonNullElse(authorizedKeys, List.of());
    }
  }

  /**
   * How a user is.
   *
   * @param groups all of them, sorted
   * @param authorizedKeys the lines of the file; empty, too, where we may not read it
   */
  record State(
      int uid,
      List<String> groups,
      String shell,
      String home,
      String comment,
      List<String> authorizedKeys) {}

  Change<State> ensure(Spec spec) {
    boolean absent = spec.isAbsent();
    var script =
        new HostScript(host, "The user `" + spec.name() + "`", Boolean.TRUE.equals(spec.sudo()));
    var before = state(script, spec.name());
    var commands = absent ? removal(spec, before) : changes(spec, before);
    var keys = absent ? List.<String>of() : missingKeys(spec, before);
    if (commands.isEmpty() && keys.isEmpty()) {
      return Change.none(before.orElse(null));
    }
    if (!commands.isEmpty()) {
      script.run("set -e\n" + String.join("\n", commands));
    }
    if (!keys.isEmpty()) {
      addKeys(script, spec.name(), keys);
    }
    return new Change<>(true, before.orElse(null), state(script, spec.name()).orElse(null));
  }

  /** Root becomes the user for what stands in the user's own folder, and follows no link there. */
  private static String asThem(String name, String command) {
    return "if [ \"$(id -un)\" = "
        + name
        + " ]; then sh -c "
        + RemoteScript.quoted(command)
        + "; elif [ \"$(id -u)\" = 0 ]; then su -s /bin/sh "
        + name
        + " -c "
        + RemoteScript.quoted(command)
        + "; fi";
  }

  private static Optional<State> state(HostScript script, String name) {
    var said =
        script.run(
            """
            line=$(getent passwd %1$s 2>/dev/null || grep '^%1$s:' /etc/passwd) || exit 0
            printf '%%s\\n' "$line"
            id -Gn %1$s
            { %2$s; } 2>/dev/null || true
            """
                .formatted(name, asThem(name, "cat ~/.ssh/authorized_keys")));
    var lines = said.lines().toList();
    if (lines.size() < 2) {
      return Optional.empty();
    }
    var fields = lines.getFirst().split(":", -1);
    return Optional.of(
        new State(
            Integer.parseInt(fields[2]),
            List.of(lines.get(1).split(" ")).stream().sorted().toList(),
            fields[6],
            fields[5],
            fields[4],
            lines.stream()
                .skip(2)
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList()));
  }

  private static List<String> removal(Spec spec, Optional<State> before) {
    if (before.isEmpty()) {
      return List.of();
    }
    boolean home = Boolean.TRUE.equals(spec.removeHome());
    return List.of(
        "if command -v userdel >/dev/null; then userdel %2$s%1$s; else deluser %3$s%1$s; fi"
            .formatted(spec.name(), home ? "-r " : "", home ? "--remove-home " : ""));
  }

  private static List<String> changes(Spec spec, Optional<State> before) {
    var commands = new ArrayList<String>();
    if (before.isEmpty()) {
      commands.add(creation(spec));
    } else {
      var old = before.get();
      var options = new StringBuilder();
      option(options, "-u", spec.uid(), old.uid());
      option(options, "-s", spec.shell(), old.shell());
      option(options, "-d", spec.home(), old.home());
      option(options, "-c", spec.comment(), old.comment());
      if (!options.isEmpty()) {
        commands.add("usermod" + options + " " + spec.name());
      }
    }
    var known = before.map(State::groups).orElse(List.of());
    var missing = spec.groups().stream().filter(group -> !known.contains(group)).toList();
    if (!missing.isEmpty()) {
      commands.add(
          "if command -v usermod >/dev/null; then usermod -a -G %2$s %1$s; else for g in %3$s; do addgroup %1$s $g; done; fi"
              .formatted(spec.name(), String.join(",", missing), String.join(" ", missing)));
    }
    return commands;
  }

  private static String creation(Spec spec) {
    var shadow = new StringBuilder("useradd -m");
    var busybox = new StringBuilder("adduser -D");
    if (Boolean.TRUE.equals(spec.system())) {
      shadow.append(" -r");
      busybox.append(" -S");
    }
    option(shadow, "-u", spec.uid(), null);
    option(busybox, "-u", spec.uid(), null);
    option(shadow, "-s", spec.shell(), null);
    option(busybox, "-s", spec.shell(), null);
    option(shadow, "-d", spec.home(), null);
    option(busybox, "-h", spec.home(), null);
    option(shadow, "-c", spec.comment(), null);
    option(busybox, "-g", spec.comment(), null);
    return "if command -v useradd >/dev/null; then "
        + shadow
        + " "
        + spec.name()
        + "; else "
        + busybox
        + " "
        + spec.name()
        + "; fi";
  }

  private static void option(
      StringBuilder command, String flag, @Nullable Object wanted, @Nullable Object known) {
    if (wanted != null && !wanted.equals(known)) {
      command.append(' ').append(flag).append(' ').append(RemoteScript.quoted(wanted.toString()));
    }
  }

  private static List<String> missingKeys(Spec spec, Optional<State> before) {
    var known = before.map(State::authorizedKeys).orElse(List.of());
    return spec.keys().stream().filter(key -> !known.contains(key)).toList();
  }

  private static void addKeys(HostScript script, String name, List<String> keys) {
    var adding =
        """
        umask 077; set -e
        mkdir -p ~/.ssh; f=~/.ssh/authorized_keys
        [ ! -s "$f" ] || [ -z "$(tail -c 1 "$f")" ] || echo >>"$f"
        cat >>"$f"
        """;
    script.run(
        "{ [ \"$(id -u)\" = 0 ] || [ \"$(id -un)\" = "
            + name
            + " ]; } || { echo 'only root and "
            + name
            + " may add keys' >&2; exit 1; }; "
            + asThem(name, adding),
        RemoteInput.of((String.join("\n", keys) + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}
