package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What virtual networks are helped by: controllers, address managements, name servers. All three
 * are kept, told and refused alike.
 *
 * @param kind the file and the path, such as {@code controllers}
 * @param key what names one, such as {@code controller}
 * @param id how one may be named
 * @param types the properties of each type, separated by blanks; {@code !} behind those it needs
 * @param fields all properties
 * @param hooks what else is looked at
 * @param isApplied whether it holds only once it was applied
 */
record SdnPlugins(
    String kind,
    String key,
    Param id,
    Map<String, String> types,
    Fields fields,
    Hooks hooks,
    boolean isApplied) {

  private static final String BUILT_IN = "pve";

  /** What is looked at before a change is kept. */
  interface Hooks {
    void keeping(Call call, String id, String type, Map<String, String> values);

    default void deleting(Call call, String id) {}
  }

  SdnObjects objects() {
    return new SdnObjects(kind, key, fields);
  }

  List<ApiMethod> methods() {
    var all = "/cluster/sdn/" + kind;
    var one = all + "/{" + key + "}";
    var names = types.keySet().stream().sorted().toList();
    var allocate = Check.perm("/sdn/" + kind, "SDN.Allocate");
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        viewed(ApiMethod.get(all).name("index").allow(Check.anyUser()))
            .param("type", Param.optional(oneOf(names)))
            .answers(this::list));
    methods.add(
        ApiMethod.post(all)
            .name("create")
            .allow(allocate)
            .param(key, id)
            .param("type", Param.of(oneOf(names).format(Formats.CONFIG_ID)))
            .params(newParams())
            .answers(this::create));
    methods.add(
        viewed(
                ApiMethod.get(one)
                    .name("read")
                    .allow(Check.perm("/sdn/" + kind + "/{" + key + "}", "SDN.Allocate")))
            .param(key, id)
            .answers(this::read));
    methods.add(
        ApiMethod.put(one)
            .name("update")
            .allow(allocate)
            .param(key, id)
            .params(fields.params())
            .param("delete", Standard.DELETE)
            .param("digest", Standard.DIGEST)
            .answers(this::update));
    methods.add(
        ApiMethod.delete(one).name("delete").allow(allocate).param(key, id).answers(this::delete));
    return methods;
  }

  private ApiMethod viewed(ApiMethod method) {
    if (isApplied) {
      var flag = Param.optional(bool());
      method.param("pending", flag).param("running", flag);
    }
    return method;
  }

  /** What every type needs has to be given at once. */
  private Map<String, Param> newParams() {
    var params = new LinkedHashMap<String, Param>();
    fields
        .params()
        .forEach(
            (name, param) -> {
              boolean isNeeded =
                  types.size() == 1
                      && types.values().stream().allMatch(of -> needed(of).contains(name));
              params.put(name, isNeeded ? Param.of(param.type()) : param);
            });
    return params;
  }

  private static List<String> needed(String properties) {
    return words(properties).stream()
        .filter(word -> word.endsWith("!"))
        .map(word -> word.substring(0, word.length() - 1))
        .toList();
  }

  private static List<String> words(String properties) {
    return properties.isBlank() ? List.of() : List.of(properties.split(" ", -1));
  }

  private List<String> possible(String type) {
    return words(types.getOrDefault(type, "")).stream().map(word -> word.replace("!", "")).toList();
  }

  private String name(Call call) {
    return call.params().text(key);
  }

  private String saying(String doing) {
    return doing + " sdn " + key + " object failed";
  }

  private String typeOf(Call call) {
    if (isBuiltIn(call, name(call))) {
      return BUILT_IN;
    }
    return objects()
        .configured(call.world())
        .find(name(call))
        .orElseThrow(() -> Refusal.die("sdn '" + name(call) + "' does not exist"))
        .type();
  }

  /** The built-in address management is there without being configured. */
  private boolean isBuiltIn(Call call, String one) {
    return kind.equals("ipams")
        && one.equals(BUILT_IN)
        && !objects().configured(call.world()).has(one);
  }

  private Item builtIn(Call call) {
    return Item.of(key, BUILT_IN)
        .with("type", BUILT_IN)
        .with("digest", objects().configured(call.world()).digest());
  }

  private Object list(Call call) {
    var type = call.params().find("type");
    var file = objects().configured(call.world());
    var items = new ArrayList<Item>();
    boolean isWanted = type == null || type.equals(BUILT_IN);
    if (isWanted && isBuiltIn(call, BUILT_IN) && maySee(call, BUILT_IN)) {
      items.add(builtIn(call));
    }
    items.addAll(
        objects()
            .list(
                call,
                one ->
                    maySee(call, one)
                        && (type == null
                            || file.find(one).filter(is -> is.type().equals(type)).isPresent()),
                (_, _, _) -> {}));
    return items;
  }

  private boolean maySee(Call call, String one) {
    return call.rights().hasAny("/sdn/" + kind + "/" + one, "SDN.Audit", "SDN.Allocate");
  }

  private Object read(Call call) {
    if (!call.params().flag("running")) {
      typeOf(call);
    }
    return isBuiltIn(call, name(call))
        ? builtIn(call)
        : objects().one(call, name(call), (_, _, _) -> {});
  }

  private void checkKnown(String type, Map<String, String> values) {
    for (var property : new TreeSet<>(values.keySet())) {
      if (!possible(type).contains(property)) {
        throw Refusal.die("unexpected property '" + property + "'");
      }
    }
  }

  private @Nullable Object create(Call call) {
    var type = call.params().text("type");
    var values = fields.given(call);
    checkKnown(type, values);
    for (var property : new TreeSet<>(needed(types.getOrDefault(type, "")))) {
      if (!values.containsKey(property)) {
        throw Refusal.die("missing value for required option '" + property + "'");
      }
    }
    return Fields.saying(
        saying("create"),
        () -> {
          var file = objects().configured(call.world());
          if (file.has(name(call)) || isBuiltIn(call, name(call))) {
            throw Refusal.die("sdn %s object ID '%s' already defined".formatted(key, name(call)));
          }
          hooks.keeping(call, name(call), type, values);
          file.put(name(call), type, values);
        });
  }

  private @Nullable Object update(Call call) {
    return Fields.saying(
        saying("update"),
        () -> {
          var file = objects().configured(call.world());
          Fields.check(file.digest(), call.params().find("digest"));
          var type = typeOf(call);
          checkKnown(type, fields.given(call));
          for (var property : call.params().list("delete")) {
            checkDelete(call, type, property);
          }
          var values = fields.changed(file.values(name(call)), call);
          hooks.keeping(call, name(call), type, values);
          file.put(name(call), type, values);
        });
  }

  private void checkDelete(Call call, String type, String property) {
    if (!possible(type).contains(property)) {
      throw Refusal.die("no such option '" + property + "'");
    }
    if (needed(types.getOrDefault(type, "")).contains(property)) {
      throw Refusal.die("unable to delete required option '" + property + "'");
    }
    if (call.params().has(property)) {
      throw Refusal.die("cannot set and delete property '" + property + "' at the same time!");
    }
  }

  private @Nullable Object delete(Call call) {
    // Proxmox has the words of zones here for address managements too
    var doing = key.equals("ipam") ? "delete sdn zone object failed" : saying("delete");
    return Fields.saying(
        doing,
        () -> {
          typeOf(call);
          hooks.deleting(call, name(call));
          objects().configured(call.world()).remove(name(call));
        });
  }
}
