package dev.hearth.stdlib.proxmox.sim.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which privileges a Proxmox of some major version knows, and the roles it is born with. */
public final class Privileges {
  private final NavigableSet<String> all = new TreeSet<>();
  private final Map<String, NavigableSet<String>> roles = new TreeMap<>();

  private Privileges(int major) {
    var groups = groups(major);
    for (var group : groups) {
      all.addAll(group.admin);
      all.addAll(group.user);
      all.addAll(group.audit);
      all.addAll(group.root);
    }
    all.add("Permissions.Modify");
    roles.put("NoAccess", new TreeSet<>());
    roles.put("Administrator", all);
    role("PVEAuditor", groups.stream().map(g -> g.audit).toList());
    role(
        "PVEAdmin",
        groups.stream()
            .map(g -> join(g.name.equals("Mapping") ? List.of() : g.admin, g.user, g.audit))
            .toList());
    for (var group : groups) {
      role("PVE" + group.name + "Admin", List.of(group.admin, group.user, group.audit));
      if (!group.user.isEmpty() || group.name.equals("Pool")) {
        role("PVE" + group.name + "User", List.of(group.user, group.audit));
      }
    }
    role("PVETemplateUser", List.of(List.of("VM.Audit", "VM.Clone")));
  }

  /** The privileges of Proxmox VE 7, 8 or 9. */
  public static Privileges of(int major) {
    return new Privileges(major);
  }

  /** Every privilege there is. */
  public NavigableSet<String> all() {
    return all;
  }

  /** The roles that cannot be changed, by name. */
  public Map<String, NavigableSet<String>> builtInRoles() {
    return roles;
  }

  private void role(String name, List<List<String>> privileges) {
    var set = new TreeSet<String>();
    privileges.forEach(set::addAll);
    roles.put(name, set);
  }

  private static List<Group> groups(int major) {
    var vmAdmin =
        new ArrayList<>(
            List.of(
                "VM.Allocate",
                "VM.Clone",
                "VM.Config.CPU",
                "VM.Config.Disk",
                "VM.Config.HWType",
                "VM.Config.Memory",
                "VM.Config.Network",
                "VM.Config.Options",
                "VM.Migrate",
                "VM.Snapshot",
                "VM.Snapshot.Rollback"));
    var vmAudit = new ArrayList<>(List.of("VM.Audit"));
    if (major >= 9) {
      vmAdmin.addAll(
          List.of(
              "VM.GuestAgent.FileRead",
              "VM.GuestAgent.FileSystemMgmt",
              "VM.GuestAgent.FileWrite",
              "VM.GuestAgent.Unrestricted",
              "VM.Replicate"));
      vmAudit.add("VM.GuestAgent.Audit");
    } else {
      vmAdmin.add("VM.Monitor");
    }
    var sysRoot = new ArrayList<>(List.of("Sys.Incoming", "Sys.Modify", "Sys.PowerMgmt"));
    if (major >= 8) {
      sysRoot.add("Sys.AccessNetwork");
    }
    var groups = new ArrayList<Group>();
    groups.add(
        new Group(
            "VM",
            List.of(),
            vmAdmin,
            List.of(
                "VM.Backup",
                "VM.Config.CDROM",
                "VM.Config.Cloudinit",
                "VM.Console",
                "VM.PowerMgmt"),
            vmAudit));
    groups.add(
        new Group(
            "Sys", sysRoot, List.of("Sys.Console", "Sys.Syslog"), List.of(), List.of("Sys.Audit")));
    groups.add(
        new Group(
            "Datastore",
            List.of(),
            List.of("Datastore.Allocate", "Datastore.AllocateTemplate"),
            List.of("Datastore.AllocateSpace"),
            List.of("Datastore.Audit")));
    groups.add(
        new Group(
            "SDN",
            List.of(),
            List.of("SDN.Allocate"),
            major >= 8 ? List.of("SDN.Use") : List.of(),
            List.of("SDN.Audit")));
    groups.add(
        new Group(
            "User",
            List.of("Realm.Allocate"),
            List.of("Group.Allocate", "Realm.AllocateUser", "User.Modify"),
            List.of(),
            List.of()));
    groups.add(
        new Group("Pool", List.of(), List.of("Pool.Allocate"), List.of(), List.of("Pool.Audit")));
    if (major >= 8) {
      groups.add(
          new Group(
              "Mapping",
              List.of(),
              List.of("Mapping.Modify"),
              List.of("Mapping.Use"),
              List.of("Mapping.Audit")));
    }
    return groups;
  }

  @SafeVarargs
  private static List<String> join(Collection<String>... parts) {
    var joined = new ArrayList<String>();
    for (var part : parts) {
      joined.addAll(part);
    }
    return joined;
  }

  private record Group(
      String name, List<String> root, List<String> admin, List<String> user, List<String> audit) {}
}
