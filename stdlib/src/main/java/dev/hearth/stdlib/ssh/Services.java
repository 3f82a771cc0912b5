package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Services as they should run on a host, by systemd or OpenRC. */
final class Services {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9:_.@\\\\-]*";

  private final Host host;

  Services(Host host) {
    this.host = host;
  }

  /**
   * What is asked for; what is absent is left as it is.
   *
   * @param state {@code started} or {@code stopped}
   * @param enabled whether it starts with the host
   */
  record Spec(
      String name, @Nullable String state, @Nullable Boolean enabled, @Nullable Boolean sudo) {}

  /**
   * How a service is.
   *
   * @param enabled {@code null} for one that is started by others and cannot be enabled
   */
  record State(String state, @Nullable Boolean enabled) {}

  Change<State> ensure(Spec spec, Facts facts) {
    var name = HostScript.require("name", spec.name(), NAME);
    if (spec.state() != null) {
      HostScript.require("state", spec.state(), "started|stopped");
    }
    boolean systemd = "systemd".equals(facts.init());
    if (!systemd && !"openrc".equals(facts.init())) {
      throw new HearthException(
          EnsureError.NO_SERVICE_MANAGER, host.target().name(), String.valueOf(facts.init()));
    }
    var script =
        new HostScript(host, "The service `" + name + "`", Boolean.TRUE.equals(spec.sudo()));
    var asUser = new HostScript(host, script.what(), false);
    var before = systemd ? systemd(asUser, name) : openrc(asUser, name);
    var commands = new ArrayList<String>();
    if (spec.enabled() != null && !Objects.equals(spec.enabled(), before.enabled())) {
      commands.add(enabling(systemd, spec.enabled(), name));
    }
    if (spec.state() != null && !spec.state().equals(before.state())) {
      var verb = spec.state().equals("started") ? "start" : "stop";
      commands.add(
          systemd
              ? "systemctl " + verb + " " + quoted(name)
              : "rc-service " + quoted(name) + " " + verb);
    }
    if (commands.isEmpty()) {
      return Change.none(before);
    }
    script.run(String.join(" && ", commands));
    return new Change<>(true, before, systemd ? systemd(asUser, name) : openrc(asUser, name));
  }

  private static String enabling(boolean systemd, boolean enabled, String name) {
    if (systemd) {
      return "systemctl " + (enabled ? "enable " : "disable ") + quoted(name);
    }
    return "rc-update " + (enabled ? "add " : "del ") + quoted(name) + " default";
  }

  private State systemd(HostScript script, String name) {
    var said =
        script.facts(
            "systemctl show -p LoadState -p ActiveState -p UnitFileState -- " + quoted(name));
    if ("not-found".equals(said.get("LoadState"))) {
      throw new HearthException(EnsureError.SERVICE_NOT_FOUND, name, host.target().name());
    }
    var active =
        switch (said.getOrDefault("ActiveState", "")) {
          case "active", "activating", "reloading" -> "started";
          default -> "stopped";
        };
    return new State(
        active,
        switch (said.getOrDefault("UnitFileState", "")) {
          case "enabled", "enabled-runtime", "alias", "linked" -> Boolean.TRUE;
          case "disabled", "masked", "masked-runtime", "bad" -> Boolean.FALSE;
          default -> null; // static, indirect, generated, transient
        });
  }

  private State openrc(HostScript script, String name) {
    var said =
        script.facts(
            """
            n=%s
            rc-service -e "$n" || { echo found=no; exit 0; }
            if rc-service "$n" status >/dev/null 2>&1; then echo state=started; else echo state=stopped; fi
            if [ -e "/etc/runlevels/default/$n" ]; then echo enabled=yes; else echo enabled=no; fi
            """
                .formatted(quoted(name)));
    if (said.containsKey("found")) {
      throw new HearthException(EnsureError.SERVICE_NOT_FOUND, name, host.target().name());
    }
    return new State(said.getOrDefault("state", "stopped"), "yes".equals(said.get("enabled")));
  }

  private static String quoted(String name) {
    return RemoteScript.quoted(name);
  }
}
