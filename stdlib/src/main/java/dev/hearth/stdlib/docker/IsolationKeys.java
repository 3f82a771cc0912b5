package dev.hearth.stdlib.docker;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Keys about what separates a container from its host: rights, namespaces, kernel settings. */
final class IsolationKeys {
  static final Map<String, SpecRule> RULES =
      Map.ofEntries(
          entry("privileged", SpecRule.hostTruth("Privileged")),
          entry("cap_add", SpecRule.hostWords("CapAdd")),
          entry("cap_drop", SpecRule.hostWords("CapDrop")),
          entry("security_opt", SpecRule.hostWords("SecurityOpt")),
          entry("read_only", SpecRule.hostTruth("ReadonlyRootfs")),
          entry("group_add", SpecRule.hostWords("GroupAdd")),
          entry("sysctls", IsolationKeys::sysctls),
          entry("ipc", SpecRule.host("IpcMode")),
          entry("pid", SpecRule.host("PidMode")),
          entry("uts", SpecRule.host("UTSMode")),
          entry("userns_mode", SpecRule.host("UsernsMode")),
          entry(
              "cgroup", (value, body) -> body.host("CgroupnsMode", value.oneOf("host", "private"))),
          entry("cgroup_parent", SpecRule.host("CgroupParent")),
          entry("isolation", SpecRule.host("Isolation")));

  private IsolationKeys() {}

  private static void sysctls(SpecValue value, SpecBody body) {
    ObjectNode settings = body.hostObject("Sysctls");
    value
        .pairs()
        .forEach(
            (name, text) -> {
              if (text == null) {
                throw value.wrong("has no value for `" + name + "`", "Write `" + name + "=VALUE`.");
              }
              settings.put(name, text);
            });
  }
}
