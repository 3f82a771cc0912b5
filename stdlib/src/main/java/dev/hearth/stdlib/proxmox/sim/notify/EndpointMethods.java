package dev.hearth.stdlib.proxmox.sim.notify;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/notifications/endpoints/KIND}. */
final class EndpointMethods {
  private static final Check CHANGE =
      Check.and(
          NotificationMethods.MODIFY,
          Check.or(
              Check.perm("/", "Sys.Audit", "Sys.Modify"), Check.perm("/", "Sys.AccessNetwork")));

  private final EndpointKind kind;
  private final Fields fields;

  EndpointMethods(EndpointKind kind) {
    this.kind = kind;
    this.fields = kind.fields();
  }

  List<ApiMethod> all() {
    var all = "/cluster/notifications/endpoints/" + kind.word();
    var one = all + "/{name}";
    var word = kind.word() + "_endpoint";
    var list = kind.isMail() ? NotificationMethods.EITHER : NotificationMethods.AUDIT;
    return List.of(
        ApiMethod.get(all).name("get_" + word + "s").allow(list).answers(this::list),
        ApiMethod.post(all)
            .name("create_" + word)
            .allow(CHANGE)
            .param("name", NotificationMethods.NAME)
            .params(kind.newParams())
            .answers(this::create),
        ApiMethod.get(one)
            .name("get_" + word)
            .allow(NotificationMethods.EITHER)
            .param("name", NotificationMethods.NAME)
            .answers(this::read),
        ApiMethod.put(one)
            .name("update_" + word)
            .allow(CHANGE)
            .param("name", NotificationMethods.NAME)
            .params(fields.params())
            .param("delete", Param.list(formatted(Formats.CONFIG_ID)))
            .param("digest", Standard.DIGEST)
            .answers(this::update),
        ApiMethod.delete(one)
            .name("delete_" + word)
            .allow(NotificationMethods.MODIFY)
            .param("name", NotificationMethods.NAME)
            .answers(this::delete));
  }

  private static NotificationConfig config(Call call) {
    return new NotificationConfig(call.world());
  }

  private Item told(NotificationConfig config, String name, Map<String, String> values) {
    var item = fields.told(values).with("name", name).with("origin", config.origin(name));
    var secrets = config.secrets(name).get("secret");
    if (secrets != null && !secrets.isEmpty()) {
      item.with("secret", secrets.lines().map(one -> "name=" + nameOf(one)).toList());
    }
    return item;
  }

  private Object list(Call call) {
    var items = new ArrayList<Item>();
    var config = config(call);
    config.ofType(kind.word()).forEach((name, is) -> items.add(told(config, name, is.values())));
    return items;
  }

  /** The one that a call is about, which has to be there and of this kind. */
  private Map<String, String> known(Call call) {
    return config(call).known(kind.word(), "endpoint", call.params().text("name"));
  }

  private Object read(Call call) {
    var values = known(call);
    var config = config(call);
    return told(config, call.params().text("name"), values).with("digest", config.digest());
  }

  private @Nullable Object create(Call call) {
    var name = call.params().text("name");
    var values = fields.given(call);
    config(call).checkNew(name);
    checkRecipients(values);
    keep(call, name, values);
    return null;
  }

  private void checkRecipients(Map<String, String> values) {
    boolean hasAny =
        !values.getOrDefault("mailto", "").isEmpty()
            || !values.getOrDefault("mailto-user", "").isEmpty();
    if (kind.isMail() && !hasAny) {
      throw NotificationConfig.bad(
          "must at least provide one recipient, either in mailto or in mailto-user");
    }
  }

  /** Secrets go where nobody reads them. */
  private void keep(Call call, String name, Map<String, String> values) {
    var config = config(call);
    for (var secret : kind.secret()) {
      var value = values.remove(secret);
      if (value != null) {
        config.editSecrets(name).put(secret, value);
      }
    }
    config.put(name, kind.word(), values);
  }

  private @Nullable Object update(Call call) {
    var config = config(call);
    config.checkDigest(call);
    var name = call.params().text("name");
    var values = new LinkedHashMap<>(known(call));
    for (var property : call.params().array("delete")) {
      values.remove(property);
      config.editSecrets(name).remove(property);
    }
    var given = fields.given(call);
    call.params().array("header").forEach(EndpointMethods::checkHeader);
    if (kind == EndpointKind.WEBHOOK) {
      given.computeIfPresent("secret", (_, secrets) -> secrets(config, name, secrets));
    }
    values.putAll(given);
    checkRecipients(values);
    keep(call, name, values);
    return null;
  }

  private static String nameOf(String pair) {
    return part(pair, "name");
  }

  private static String part(String pair, String key) {
    for (var one : pair.split(",", -1)) {
      if (one.startsWith(key + "=")) {
        return one.substring(key.length() + 1);
      }
    }
    return "";
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void checkHeader(String header) {
    var value = part(header, "value");
    if (value.isEmpty()) {
      throw NotificationConfig.bad("header '" + nameOf(header) + "' has empty value");
    }
    if (!isBase64(value)) {
      throw NotificationConfig.bad(
          "header '" + nameOf(header) + "' does not have valid base64 encoded data");
    }
  }

  /** A secret without a value is one that stays as it was. */
  private static String secrets(NotificationConfig config, String name, String given) {
    var kept = config.secrets(name).getOrDefault("secret", "").lines().toList();
    var names = new LinkedHashSet<String>();
    var secrets = new ArrayList<String>();
    for (var secret : given.lines().toList()) {
      var called = nameOf(secret);
      var value = part(secret, "value");
      if (!value.isEmpty() && !isBase64(value)) {
        throw NotificationConfig.bad(
            "secret '" + called + "' does not have valid base64 encoded data");
      }
      var known = kept.stream().filter(one -> nameOf(one).equals(called)).findFirst();
      if (value.isEmpty() && known.isEmpty()) {
        throw NotificationConfig.bad("secret '" + called + "' not known");
      }
      if (!names.add(called)) {
        throw NotificationConfig.bad("secret '" + called + "' defined multiple times");
      }
      secrets.add(value.isEmpty() ? known.orElse(secret) : secret);
    }
    return String.join("\n", secrets);
  }

  private @Nullable Object delete(Call call) {
    known(call);
    config(call).remove(call.params().text("name"));
    return null;
  }
}
