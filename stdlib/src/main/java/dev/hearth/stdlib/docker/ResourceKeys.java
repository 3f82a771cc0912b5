package dev.hearth.stdlib.docker;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys about how much of its host a container may use: memory, processors, devices, disks. */
final class ResourceKeys {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern CPUSET =
      Pattern.compile("\\d{1,4}(?:-\\d{1,4})?(?:,\\d{1,4}(?:-\\d{1,4})?)*");
  private static final Pattern DEVICE = Pattern.compile("([^:]+)(?::(/[^:]*))?(?::([rwm]{1,3}))?");

  static final Map<String, SpecRule> RULES =
      Map.ofEntries(
          entry("mem_limit", SpecRule.hostBytes("Memory")),
          entry("mem_reservation", SpecRule.hostBytes("MemoryReservation")),
          entry("memswap_limit", ResourceKeys::swap),
          entry("mem_swappiness", SpecRule.hostInteger("MemorySwappiness", 0, 100)),
          entry("shm_size", SpecRule.hostBytes("ShmSize")),
          entry("oom_kill_disable", SpecRule.hostTruth("OomKillDisable")),
          entry("oom_score_adj", SpecRule.hostInteger("OomScoreAdj", -1000, 1000)),
          entry("cpus", (value, body) -> body.host("NanoCpus", value.billionths())),
          entry("cpu_shares", SpecRule.hostInteger("CpuShares", 0, Long.MAX_VALUE)),
          entry("cpu_period", ResourceKeys.microseconds("CpuPeriod")),
          entry("cpu_quota", ResourceKeys.microseconds("CpuQuota")),
          entry("cpu_rt_period", ResourceKeys.microseconds("CpuRealtimePeriod")),
          entry("cpu_rt_runtime", ResourceKeys.microseconds("CpuRealtimeRuntime")),
          entry("cpuset", ResourceKeys::cpuset),
          entry("pids_limit", SpecRule.hostInteger("PidsLimit", -1, Long.MAX_VALUE)),
          entry("ulimits", ResourceKeys::ulimits),
          entry("devices", ResourceKeys::devices),
          entry("device_cgroup_rules", SpecRule.hostWords("DeviceCgroupRules")),
          entry("gpus", ResourceKeys::gpus),
          entry("deploy", ResourceKeys::deploy),
          entry("blkio_config", ResourceKeys::blockIo));

  private ResourceKeys() {}

  private static void swap(SpecValue value, SpecBody body) {
    body.host("MemorySwap", value.node().asText().equals("-1") ? -1 : value.bytes());
  }

  /** A number, or a duration. */
  private static SpecRule microseconds(String field) {
    return (value, body) ->
        body.host(
            field,
            value.node().isTextual() && !value.node().textValue().matches("-?\\d{1,18}")
                ? value.nanoseconds() / 1_000
                : value.integer());
  }

  private static void cpuset(SpecValue value, SpecBody body) {
    var set = value.text();
    if (!CPUSET.matcher(set).matches()) {
      throw value.not("set of processors", "Write it like `0-3` or `0,2`.");
    }
    body.host("CpusetCpus", set);
  }

  private static void ulimits(SpecValue value, SpecBody body) {
    var limits = body.hostList("Ulimits");
    value
        .map()
        .forEach(
            (name, limit) -> {
              var entry = limits.addObject().put("Name", name);
              if (limit.isMap()) {
                var fields = limit.fields("soft", "hard");
                entry.put("Soft", fields.require("soft").integer(-1, Long.MAX_VALUE));
                entry.put("Hard", fields.require("hard").integer(-1, Long.MAX_VALUE));
              } else {
                var both = limit.integer(-1, Long.MAX_VALUE);
                entry.put("Soft", both).put("Hard", both);
              }
            });
  }

  private static void devices(SpecValue value, SpecBody body) {
    var devices = body.hostList("Devices");
    for (var each : value.list()) {
      if (each.isMap()) {
        var fields = each.fields("source", "target", "permissions");
        var source = fields.require("source").word();
        var target = fields.get("target");
        var rights = fields.get("permissions");
        device(
            devices.addObject(),
            source,
            target == null ? source : target.word(),
            rights == null ? "rwm" : rights.word());
      } else {
        var form = DEVICE.matcher(each.word());
        if (!form.matches()) {
          throw each.not("device", "Write it like `/dev/ttyUSB0:/dev/ttyUSB0:rwm`.");
        }
        var source = form.group(1);
        device(
            devices.addObject(),
            source,
            form.group(2) == null ? source : form.group(2),
            form.group(3) == null ? "rwm" : form.group(3));
      }
    }
  }

  private static void device(ObjectNode device, String source, String target, String rights) {
    device
        .put("PathOnHost", source)
        .put("PathInContainer", target)
        .put("CgroupPermissions", rights);
  }

  private static void gpus(SpecValue value, SpecBody body) {
    if (value.node().isTextual()) {
      value.oneOf("all");
      body.hostList("DeviceRequests")
          .addObject()
          .put("Count", -1)
          .putArray("Capabilities")
          .addArray()
          .add("gpu");
      return;
    }
    for (var each : value.list()) {
      requestDevices(each, body, "gpu");
    }
  }

  private static void requestDevices(SpecValue value, SpecBody body, @Nullable String capability) {
    var fields = value.fields("driver", "count", "device_ids", "capabilities", "options");
    var request = body.hostList("DeviceRequests").addObject();
    var driver = fields.get("driver");
    if (driver != null) {
      request.put("Driver", driver.text());
    }
    var ids = fields.get("device_ids");
    var count = fields.get("count");
    if (ids != null) {
      request.set("DeviceIDs", ids.words());
    } else {
      request.put(
          "Count",
          count == null || count.node().asText().equals("all") ? -1 : count.integer(0, 1_000_000));
    }
    var capabilities = request.putArray("Capabilities").addArray();
    if (capability != null) {
      capabilities.add(capability);
    }
    var more = fields.get("capabilities");
    if (more != null) {
      more.list().forEach(each -> capabilities.add(each.word()));
    }
    var options = fields.get("options");
    if (options != null) {
      ProcessKeys.labels(options, request.putObject("Options"));
    }
  }

  /** Of `deploy` only what limits one container; all else of it is about many. */
  private static void deploy(SpecValue value, SpecBody body) {
    var resources = value.fields("resources").get("resources");
    if (resources == null) {
      return;
    }
    var fields = resources.fields("limits", "reservations");
    var limits = fields.get("limits");
    if (limits != null) {
      var most = limits.fields("cpus", "memory", "pids");
      apply(most.get("cpus"), RULES.get("cpus"), body);
      apply(most.get("memory"), RULES.get("mem_limit"), body);
      apply(most.get("pids"), RULES.get("pids_limit"), body);
    }
    var reservations = fields.get("reservations");
    if (reservations != null) {
      var least = reservations.fields("memory", "devices");
      apply(least.get("memory"), RULES.get("mem_reservation"), body);
      var devices = least.get("devices");
      if (devices != null) {
        devices.list().forEach(each -> requestDevices(each, body, null));
      }
    }
  }

  private static void apply(@Nullable SpecValue value, @Nullable SpecRule rule, SpecBody body) {
    if (value != null && rule != null) {
      rule.read(value, body);
    }
  }

  private static void blockIo(SpecValue value, SpecBody body) {
    var fields =
        value.fields(
            "weight",
            "weight_device",
            "device_read_bps",
            "device_write_bps",
            "device_read_iops",
            "device_write_iops");
    var weight = fields.get("weight");
    if (weight != null) {
      body.host("BlkioWeight", weight.integer(0, 1000));
    }
    rates(fields.get("weight_device"), body, "BlkioWeightDevice", "weight");
    rates(fields.get("device_read_bps"), body, "BlkioDeviceReadBps", "rate");
    rates(fields.get("device_write_bps"), body, "BlkioDeviceWriteBps", "rate");
    rates(fields.get("device_read_iops"), body, "BlkioDeviceReadIOps", "rate");
    rates(fields.get("device_write_iops"), body, "BlkioDeviceWriteIOps", "rate");
  }

  private static void rates(@Nullable SpecValue value, SpecBody body, String field, String amount) {
    if (value == null) {
      return;
    }
    var rates = JSON.arrayNode();
    for (var each : value.list()) {
      var fields = each.fields("path", amount);
      var number = fields.require(amount);
      rates
          .addObject()
          .put("Path", fields.require("path").word())
          .put(amount.equals("rate") ? "Rate" : "Weight", number.bytes());
    }
    body.host(field, rates);
  }
}
