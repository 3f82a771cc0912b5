package dev.hearth.stdlib.proxmox.sim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Whether two answers are alike: same keys, types and texts, save for what differs from run to run
 * (times, process ids, MAC addresses, UUIDs, free space, ticket values) and the order of what Perl
 * keeps in hashes.
 */
final class Likeness {
  private static final Set<String> VARIABLE =
      Set.of(
          "ctime",
          "starttime",
          "endtime",
          "snaptime",
          "pid",
          "pstart",
          "upid",
          "uptime",
          "cpu",
          "mem",
          "used",
          "avail",
          "free",
          "used_fraction",
          "disk",
          "ticket",
          "password",
          "cert",
          "CSRFPreventionToken",
          "digest",
          "time",
          "localtime",
          "serverid",
          "ssl_fingerprint",
          "value",
          "loadavg",
          "mhz",
          "flags",
          "kversion",
          "hvm",
          "level",
          "vmgenid",
          "wait",
          "idle");

  /** What stands within these was another machine's. */
  private static final Set<String> FOREIGN = Set.of("current-kernel", "boot-info", "swap", "ksm");

  /** Numbers of things that the recordings left out. */
  private static final Set<String> COUNTS = Set.of("total");

  private static final List<String> IDENTITIES =
      List.of(
          "volid",
          "upid",
          "id",
          "userid",
          "roleid",
          "groupid",
          "storage",
          "iface",
          "poolid",
          "tokenid",
          "realm",
          "vmid",
          "key",
          "name",
          "node",
          "n",
          "macro",
          "group",
          "zone",
          "vnet",
          "subnet",
          "service",
          "sid",
          "filename");

  private final UnaryOperator<String> recorded;
  private final List<String> differences = new ArrayList<>();

  /**
   * @param recorded what a recorded text is in this world
   */
  Likeness(UnaryOperator<String> recorded) {
    this.recorded = recorded;
  }

  List<String> differences() {
    return differences;
  }

  void text(String where, String expected, String actual) {
    var left = masked(recorded.apply(expected));
    var right = masked(actual);
    if (!left.equals(right)) {
      differences.add(where + ": expected <" + left + "> but was <" + right + ">");
    }
  }

  void json(String where, JsonNode expected, JsonNode actual) {
    if (expected.isObject() && actual.isObject()) {
      object(where, expected, actual);
    } else if (expected.isArray() && actual.isArray()) {
      array(where, expected, actual);
    } else if (expected.isTextual() && actual.isTextual()) {
      scalarText(where, expected.asText(), actual.asText());
    } else if (!expected.equals(actual)
        && !(expected.isNumber()
            && actual.isNumber()
            && expected.asDouble() == actual.asDouble())) {
      differences.add(where + ": expected <" + expected + "> but was <" + actual + ">");
    }
  }

  /** Only keys and types count: the values were a stand-in's. */
  void shape(String where, JsonNode expected, JsonNode actual) {
    if (expected.isObject() && actual.isObject()) {
      var names = new TreeSet<String>();
      expected.fieldNames().forEachRemaining(names::add);
      actual.fieldNames().forEachRemaining(names::add);
      for (var name : names) {
        shape(where + "." + name, expected.path(name), actual.path(name));
      }
    } else if (expected.isArray() && actual.isArray()) {
      for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
        shape(where + "[" + i + "]", expected.get(i), actual.get(i));
      }
    } else {
      sameType(where, expected, actual);
    }
  }

  private void scalarText(String where, String expected, String actual) {
    if (where.endsWith(".content") && expected.contains(",")) {
      text(where, sorted(expected), sorted(actual));
    } else {
      text(where, expected, actual);
    }
  }

  private static String sorted(String list) {
    return new TreeSet<>(List.of(list.split(",", -1))).toString();
  }

  private void object(String where, JsonNode expected, JsonNode actual) {
    var names = new TreeSet<String>();
    expected.fieldNames().forEachRemaining(names::add);
    actual.fieldNames().forEachRemaining(names::add);
    for (var name : names) {
      var there = where + "." + name;
      var left = expected.get(name);
      var right = actual.get(name);
      if (left == null || right == null) {
        differences.add(
            there
                + (left == null
                    ? ": is too much: <" + right + ">"
                    : ": is missing: <" + left + ">"));
      } else if (VARIABLE.contains(name) || (COUNTS.contains(name) && where.equals("body"))) {
        sameType(there, left, right);
      } else if (!FOREIGN.contains(name)) {
        json(there, left, right);
      }
    }
  }

  private void sameType(String where, JsonNode expected, JsonNode actual) {
    boolean alike =
        expected.getNodeType() == actual.getNodeType() || (expected.isNull() && actual.isNull());
    if (!alike) {
      differences.add(
          where + ": expected a value like <" + expected + "> but was <" + actual + ">");
    }
  }

  private void array(String where, JsonNode expected, JsonNode actual) {
    if (expected.size() != actual.size()) {
      differences.add(where + ": expected " + expected + " but was " + actual);
      return;
    }
    boolean isOrdered = isTaskList(expected) || !expected.path(0).isObject();
    var left = items(expected, isOrdered);
    var right = items(actual, isOrdered);
    for (int i = 0; i < left.size(); i++) {
      json(where + "[" + i + "]", left.get(i), right.get(i));
    }
  }

  private static boolean isTaskList(JsonNode array) {
    return array.path(0).has("upid");
  }

  private List<JsonNode> items(JsonNode array, boolean isOrdered) {
    var items = new ArrayList<JsonNode>();
    array.forEach(items::add);
    if (!isOrdered) {
      items.sort(Comparator.comparing(Likeness::identity));
    }
    return items;
  }

  private static String identity(JsonNode item) {
    var text = new StringBuilder();
    for (var name : IDENTITIES) {
      text.append(item.path(name).asText("")).append(' ');
    }
    return text.append(item.path("path").asText(""))
        .append(item.path("ugid").asText(""))
        .toString();
  }

  private static String masked(String text) {
    return text.replaceAll(
            "UPID:([^:]+):[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:", "UPID:$1:PID:PSTART:START:")
        .replaceAll("/var/tmp/pveupload-[0-9a-f]+", "/var/tmp/pveupload-X")
        .replaceAll("tmp_dwnl\\.\\d+", "tmp_dwnl.PID")
        .replaceAll("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}", "TIME")
        .replaceAll("TIME\\.\\d{9} ", "TIME ")
        .replaceAll("\\([0-9.]+ MB/s\\)", "(SPEED)")
        .replaceAll("100% +[0-9.]+[KMG]=[0-9.]+s", "100% SPEED")
        .replaceAll("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}", "MAC")
        .replaceAll("[0-9.]+MiB/s\\)", "SPEED)")
        .replaceAll("instance-id: [0-9a-f]{40}", "instance-id: ID")
        .replaceAll("transferred [^()]+ of ([^()]+) \\([0-9.]+%\\) in 0s", "transferred SOME of $1")
        .replaceAll("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", "UUID")
        .replaceAll("ctime=\\d+", "ctime=TIME");
  }
}
