package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.SectionFile;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /cluster/metrics/server}: where figures are sent. Nobody listens for them in a simulated
 * world, so what would have to connect at once cannot be set up unless it is disabled.
 */
final class MetricMethods {
  private static final String ALL = "/cluster/metrics/server";
  private static final String ONE = ALL + "/{id}";
  private static final Param ID = Param.of(formatted(Formats.CONFIG_ID));
  private static final ValueFormat PATH =
      ValueFormat.of(
          "graphite-path",
          value ->
              value.matches("[A-Za-z0-9._-]+")
                  ? Optional.empty()
                  : Optional.of("value does not look like a valid graphite path\n"));

  private final SectionFile file;
  private final List<String> types;

  private MetricMethods(int major) {
    types = new ArrayList<>(List.of("graphite", "influxdb"));
    if (major >= 9) {
      types.add("opentelemetry");
    }
    file =
        new SectionFile(
            "status",
            "id",
            new Fields(params()),
            "no such server '%s'",
            "Metric server '%s' already exists");
  }

  private static Map<String, Param> params() {
    var text = Param.optional(string());
    var params = new LinkedHashMap<String, Param>();
    params.put("server", Param.of(formatted(Formats.ADDRESS)));
    params.put("port", Param.of(integer().min(1).max(65_536)));
    params.put("disable", Param.optional(bool()));
    params.put("mtu", Param.optional(integer().min(512).max(65_536).orElse("1500")));
    params.put("path", Param.optional(formatted(PATH)));
    params.put("proto", Param.optional(oneOf("udp", "tcp")));
    params.put("timeout", Param.optional(integer().min(0).orElse("1")));
    params.put("influxdbproto", Param.optional(oneOf("udp", "http", "https").orElse("udp")));
    for (var name : List.of("api-path-prefix", "bucket", "organization", "token")) {
      params.put(name, text);
    }
    params.put("max-body-size", Param.optional(integer().min(1).orElse("25000000")));
    params.put("verify-certificate", Param.optional(bool().orElse("1")));
    return params;
  }

  static List<ApiMethod> of(int major) {
    return new MetricMethods(major).all();
  }

  private List<ApiMethod> all() {
    var audit = Check.perm("/", "Sys.Audit");
    var modify = Check.perm("/", "Sys.Modify");
    return List.of(
        ApiMethod.get("/cluster/metrics")
            .name("index")
            .allow(Check.anyUser())
            .answers(_ -> Directories.named("server")),
        ApiMethod.get(ALL).name("server_index").allow(audit).answers(this::list),
        ApiMethod.get(ONE).name("read").allow(audit).param("id", ID).answers(this::read),
        ApiMethod.post(ONE)
            .name("create")
            .allow(modify)
            .param("id", ID)
            .param("type", Param.of(oneOf(types).format(Formats.CONFIG_ID)))
            .params(file.fields().params())
            .answers(this::create),
        ApiMethod.put(ONE)
            .name("update")
            .allow(modify)
            .param("id", ID)
            .params(file.fields().params())
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(this::update),
        ApiMethod.delete(ONE).name("delete").allow(modify).param("id", ID).answers(this::delete));
  }

  private Object list(Call call) {
    var items = new ArrayList<Item>();
    file.of(call)
        .all()
        .forEach(
            (id, section) ->
                items.add(
                    Item.of("id", id)
                        .with("type", section.type())
                        .with("server", section.values().get("server"))
                        .with("port", Integer.valueOf(section.values().getOrDefault("port", "0")))
                        .with(
                            "disable",
                            Integer.valueOf(section.values().getOrDefault("disable", "0")))));
    return items;
  }

  private Object read(Call call) {
    var item = file.read(call);
    item.remove("id");
    item.remove("token"); // it is kept apart, and told to nobody
    return item;
  }

  private @Nullable Object create(Call call) {
    var values = file.fields().given(call);
    file.checkFree(call);
    reach(values);
    file.add(call, call.params().text("type"), values);
    return null;
  }

  private static void reach(Map<String, String> values) {
    if ("1".equals(values.get("disable"))) {
      return;
    }
    var host = values.get("server");
    var port = values.get("port");
    if (values.getOrDefault("influxdbproto", "udp").startsWith("http")) {
      throw Refusal.die("500 Can't connect to " + host + ":" + port + " (Connection refused)");
    }
    if ("tcp".equals(values.get("proto"))) {
      throw Refusal.die(
          "couldn't create carbon socket [" + host + "]:" + port + " - Connection refused");
    }
  }

  private @Nullable Object update(Call call) {
    return file.change(call, (_, values) -> reach(values));
  }

  private @Nullable Object delete(Call call) {
    if (!file.of(call).has(file.id(call))) {
      throw Refusal.die(
          "cannot lookup undefined type! at"
              + " /usr/share/perl5/PVE/API2/Cluster/MetricServer.pm line 295.");
    }
    return file.remove(call);
  }
}
