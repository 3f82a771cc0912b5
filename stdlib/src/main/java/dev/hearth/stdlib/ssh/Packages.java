package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Packages as they should be installed on a host. */
final class Packages {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9+._@-]*";
  private static final String VERSION = "[A-Za-z0-9][A-Za-z0-9.+:~_^-]*";

  private final Host host;

  Packages(Host host) {
    this.host = host;
  }

  /**
   * What is asked for.
   *
   * @param state {@code present}, {@code latest} or {@code absent}
   * @param version the exact one, as the package manager writes it
   * @param refresh whether the lists of packages are fetched before anything is installed
   */
  record Spec(
      @Nullable String name,
      @Nullable List<String> names,
      @Nullable String state,
      @Nullable String version,
      @Nullable Boolean refresh,
      @Nullable Boolean sudo) {
    List<String> all() {
      var all = names == null ? (name == null ? List.<String>of() : List.of(name)) : names;
      if (all.isEmpty() || (name != null && names != null)) {
        throw new HearthException(
            EnsureError.SPEC_WRONG, "name", "or `names` says which packages, one of the two");
      }
      all.forEach(each -> HostScript.require("name", each, NAME));
      return all;
    }

    String wanted() {
      var wanted = state == null ? "present" : state;
      HostScript.require("state", wanted, "present|latest|absent");
      if (version != null) {
        HostScript.require("version", version, VERSION);
        if (!wanted.equals("present")) {
          throw new HearthException(
              EnsureError.SPEC_WRONG, "version", "goes with the state `present` alone");
        }
      }
      return wanted;
    }
  }

  /** The versions by name; {@code null} for what is not installed. */
  Change<Map<String, @Nullable String>> ensure(Spec spec, Facts facts) {
    var names = spec.all();
    var wanted = spec.wanted();
    var manager = PackageTool.of(facts, host.target().name());
    var script =
        new HostScript(
            host,
            (names.size() == 1 ? "The package `" : "The packages `")
                + String.join("`, `", names)
                + "`",
            Boolean.TRUE.equals(spec.sudo()));
    var asUser = new HostScript(host, script.what(), false);
    var before = manager.installed(asUser.run(manager.query(names)));
    var command = command(spec, names, wanted, manager, before);
    var state = versions(names, before);
    if (command == null) {
      return Change.none(state);
    }
    boolean refresh = Boolean.TRUE.equals(spec.refresh()) && !wanted.equals("absent");
    script.run(refresh ? manager.refresh() + " && " + command : command);
    var after = versions(names, manager.installed(asUser.run(manager.query(names))));
    return new Change<>(!after.equals(state), state, after);
  }

  private static @Nullable String command(
      Spec spec,
      List<String> names,
      String wanted,
      PackageTool manager,
      Map<String, String> before) {
    var version = spec.version();
    return switch (wanted) {
      case "latest" -> manager.upgrade(names); // it does nothing where there is nothing newer
      case "absent" -> {
        var there = names.stream().filter(before::containsKey).toList();
        yield there.isEmpty() ? null : manager.remove(there);
      }
      default -> {
        var missing =
            names.stream()
                .filter(
                    name ->
                        !before.containsKey(name)
                            || (version != null && !version.equals(before.get(name))))
                .toList();
        yield missing.isEmpty() ? null : manager.install(missing, version);
      }
    };
  }

  private static Map<String, @Nullable String> versions(
      List<String> names, Map<String, String> installed) {
    var versions = new TreeMap<String, @Nullable String>();
    names.forEach(name -> versions.put(name, installed.get(name)));
    return versions;
  }
}
