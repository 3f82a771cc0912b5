package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.config.ValueType.Kind;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The declared properties of something that is kept in a section of a file: how they are taken from
 * a call and told again, numbers as numbers.
 *
 * @param params by name
 */
public record Fields(Map<String, Param> params) {
  /** What a call says of them. */
  public Map<String, String> given(Call call) {
    var values = new LinkedHashMap<String, String>();
    for (var name : params.keySet()) {
      var param = params.get(name);
      if (param != null && param.isList()) {
        if (call.params().has(name)) {
          values.put(name, String.join("\n", call.params().array(name)));
        }
        continue;
      }
      var value = call.params().find(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }

  /** What is kept once a call has changed it: {@code delete} goes first. */
  public Map<String, String> changed(Map<String, String> kept, Call call) {
    var values = new LinkedHashMap<>(kept);
    call.params().list("delete").forEach(values::remove);
    values.putAll(given(call));
    return values;
  }

  /** The kept properties as JSON has them. */
  public Item told(Map<String, String> kept) {
    var item = new Item();
    kept.forEach((name, value) -> item.with(name, typed(name, value)));
    return item;
  }

  /** One property as JSON has it. */
  public Object typed(String name, String value) {
    var param = params.get(name);
    if (param == null) {
      return value;
    }
    if (param.isList()) {
      return value.lines().toList();
    }
    var kind = param.type().kind();
    boolean isWhole = kind == Kind.INTEGER || kind == Kind.BOOLEAN;
    return isWhole && value.matches("-?\\d{1,18}") ? (Object) Long.valueOf(value) : value;
  }

  /** Refuses a change that was made in ignorance of another. */
  public static void check(String digest, @Nullable String known) {
    if (known != null && !known.isEmpty() && !known.equals(digest)) {
      throw Refusal.die("detected modified configuration - file changed by other user? Try again.");
    }
  }

  /** Does something; what is refused is told after these words, as a plain failure. */
  public static @Nullable Object saying(String doing, Runnable change) {
    try {
      change.run();
      return null;
    } catch (Refusal e) {
      throw Refusal.die(doing + ": " + e.text());
    }
  }
}
