package dev.hearth.stdlib.proxmox.sim.notify;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.base.Servers;
import dev.hearth.stdlib.proxmox.sim.world.Sections.Section;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/notifications}. Servers get what is sent to them, unless they are a node. */
public final class NotificationMethods {
  static final String PATH = "/mapping/notifications";
  static final Check MODIFY = Check.perm(PATH, "Mapping.Modify");
  static final Check AUDIT = Check.perm(PATH, "Mapping.Audit");
  static final Check EITHER = Check.or(MODIFY, AUDIT);
  static final Check ANY = Check.or(MODIFY, AUDIT, Check.perm(PATH, "Mapping.Use"));
  static final Param NAME = Param.of(formatted(Formats.CONFIG_ID));
  private static final String ALL = "/cluster/notifications";
  private static final List<String> TYPES =
      List.of("package-updates", "fencing", "replication", "vzdump", "system-mail");

  private NotificationMethods() {}

  /** All methods below this path. */
  public static List<ApiMethod> all() {
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        ApiMethod.get(ALL)
            .name("index")
            .allow(Check.anyUser())
            .answers(
                _ ->
                    Directories.named(
                        "endpoints",
                        "matchers",
                        "targets",
                        "matcher-fields",
                        "matcher-field-values")));
    methods.add(
        ApiMethod.get(ALL + "/endpoints")
            .name("endpoints_index")
            .allow(Check.anyUser())
            .answers(_ -> Directories.named("gotify", "sendmail", "smtp", "webhook")));
    methods.add(
        ApiMethod.get(ALL + "/matcher-fields")
            .name("get_matcher_fields")
            .allow(EITHER)
            .answers(_ -> Directories.named("type", "hostname", "job-id")));
    methods.add(
        ApiMethod.get(ALL + "/matcher-field-values")
            .name("get_matcher_field_values")
            .allow(EITHER)
            .answers(NotificationMethods::values));
    methods.add(
        ApiMethod.get(ALL + "/targets")
            .name("get_all_targets")
            .allow(ANY)
            .answers(NotificationMethods::targets));
    methods.add(
        ApiMethod.post(ALL + "/targets/{name}/test")
            .name("test_target")
            .allow(ANY)
            .param("name", NAME)
            .answers(NotificationMethods::test));
    for (var kind : EndpointKind.values()) {
      methods.addAll(new EndpointMethods(kind).all());
    }
    methods.addAll(MatcherMethods.all());
    return methods;
  }

  private static Item value(String field, String value) {
    return Item.of("value", value).with("field", field);
  }

  private static Object values(Call call) {
    var items = new ArrayList<Item>();
    TYPES.forEach(type -> items.add(value("type", type)));
    if (call.rights().has("/", "Sys.Audit")) {
      call.world()
          .backupJobs()
          .forEach((id, job) -> items.add(value("job-id", id).with("comment", job.get("comment"))));
    }
    call.world().nodes().keySet().forEach(node -> items.add(value("hostname", node)));
    return items;
  }

  private static Object targets(Call call) {
    var config = new NotificationConfig(call.world());
    var items = new ArrayList<Item>();
    for (var kind : EndpointKind.values()) {
      var fields = kind.fields();
      config
          .ofType(kind.word())
          .forEach(
              (name, is) -> {
                var told = fields.told(is.values());
                items.add(
                    Item.of("name", name)
                        .with("origin", config.origin(name))
                        .with("type", is.type())
                        .withKnown("disable", told.get("disable"))
                        .withKnown("comment", told.get("comment")));
              });
    }
    return items;
  }

  private static @Nullable Object test(Call call) {
    var name = call.params().text("name");
    var config = new NotificationConfig(call.world());
    config.checkTargets(List.of(name));
    var values = config.find(name).map(Section::values).orElse(Map.of());
    var server = values.getOrDefault("server", values.getOrDefault("url", ""));
    var host = server.contains("://") ? hostOf(server) : server;
    if (Servers.isThisNode(host)) {
      throw Refusal.die(
          "Could not test target: could not notify via endpoint(s): "
              + name
              + ": Connection refused (os error 111)");
    }
    return null;
  }

  private static String hostOf(String url) {
    try {
      var host = URI.create(url).getHost();
      return host == null ? "" : host;
    } catch (IllegalArgumentException e) {
      throw Refusal.die(
          "Could not test target: could not notify via endpoint(s): invalid uri character");
    }
  }
}
