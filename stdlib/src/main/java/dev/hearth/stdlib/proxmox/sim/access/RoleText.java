package dev.hearth.stdlib.proxmox.sim.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The commands of {@code pveum} that give somebody what was asked of a simulator and no more. A
 * role holds privileges for paths of one kind, as one role for all would give each path those of
 * the others.
 */
public final class RoleText {
  private static final String GUESTS = "/vms";

  private final String name;
  private final String whom;
  private final NavigableMap<String, NavigableSet<String>> rights = new TreeMap<>();

  /**
   * The commands for what was asked.
   *
   * @param name what the names of the roles begin with
   * @param whom {@code user@realm} or {@code user@realm!token}
   */
  public RoleText(AskedRights asked, String name, String whom) {
    this.name = name;
    this.whom = whom;
    // The ids of guests are of the simulated world; in the real one they will be others.
    asked
        .needed()
        .forEach(
            (path, privileges) ->
                rights
                    .computeIfAbsent(
                        path.matches("/vms/\\d+") ? GUESTS : path, _ -> new TreeSet<>())
                    .addAll(privileges));
  }

  /** One command a line; none when nothing was asked for. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    var roles = roles();
    roles.forEach(
        (privileges, role) ->
            lines.add(
                "pveum role add " + role + " --privs '" + String.join(",", privileges) + "'"));
    var option = whom.contains("!") ? " --tokens '" : " --users '";
    rights.forEach(
        (path, privileges) ->
            lines.add(
                "pveum acl modify '"
                    + path
                    + "' --roles "
                    + roles.get(privileges)
                    + option
                    + whom
                    + "'"));
    return lines;
  }

  private SequencedMap<NavigableSet<String>, String> roles() {
    var roles = new LinkedHashMap<NavigableSet<String>, String>();
    Map<String, Integer> numbers = new TreeMap<>();
    rights.forEach(
        (path, privileges) -> {
          if (!roles.containsKey(privileges)) {
            var kind = kind(path);
            int number = numbers.merge(kind, 1, Integer::sum);
            roles.put(privileges, name + "-" + kind + (number == 1 ? "" : "-" + number));
          }
        });
    return roles;
  }

  /** The word that a path begins with, such as {@code storage}. */
  private static String kind(String path) {
    return path.equals("/") ? "system" : path.split("/", 3)[1];
  }
}
