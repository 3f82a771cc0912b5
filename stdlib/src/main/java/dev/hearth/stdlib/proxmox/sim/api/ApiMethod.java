package dev.hearth.stdlib.proxmox.sim.api;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One API method, declared once: from this come how it is found, who may call it, how its
 * parameters are checked, and what the served schema says of it.
 *
 * <pre>{@code
 * ApiMethod.get("/nodes/{node}/qemu/{vmid}/config")
 *     .name("vm_config")
 *     .allow(Check.perm("/vms/{vmid}", "VM.Audit"))
 *     .param("node", Standard.NODE)
 *     .param("vmid", Standard.VMID)
 *     .param("current", Param.optional(bool().orElse("0")))
 *     .answers(call -> config(call))
 * }</pre>
 */
public final class ApiMethod {
  private static final Pattern PLACE = Pattern.compile("\\{([^}.]+)(?:\\.\\.\\.)?}");

  private final String verb;
  private final String path;
  private final Map<String, Param> params = new LinkedHashMap<>();
  private final Map<String, String> families = new HashMap<>();
  private String name = "";
  private Check check = Check.rootOnly();
  private boolean ticketOnly;
  private boolean isTask;
  private @Nullable Handler handler;

  private ApiMethod(String verb, String path) {
    this.verb = verb;
    this.path = path;
  }

  /**
   * A method of this HTTP method and path; {@code {x...}} at the end takes the rest of the path.
   */
  public static ApiMethod of(String verb, String path) {
    return new ApiMethod(verb, path);
  }

  public static ApiMethod get(String path) {
    return of("GET", path);
  }

  public static ApiMethod post(String path) {
    return of("POST", path);
  }

  public static ApiMethod put(String path) {
    return of("PUT", path);
  }

  public static ApiMethod delete(String path) {
    return of("DELETE", path);
  }

  /** Proxmox's own name of the method, for the schema. */
  public ApiMethod name(String newName) {
    name = newName;
    return this;
  }

  /** Who may call it; only root by ticket if this is not said. */
  public ApiMethod allow(Check newCheck) {
    check = newCheck;
    return this;
  }

  /** A parameter, of the path or not. */
  public ApiMethod param(String param, Param declared) {
    params.put(param, declared);
    return this;
  }

  /** Many parameters. */
  public ApiMethod params(Map<String, Param> declared) {
    params.putAll(declared);
    return this;
  }

  /** Numbered parameters, such as {@code net0} to {@code net31}. */
  public ApiMethod params(String prefix, int count, Param declared) {
    for (int i = 0; i < count; i++) {
      params.put(prefix + i, declared);
      families.put(prefix + i, prefix + "[n]");
    }
    return this;
  }

  /** It cannot be called with an API token. */
  public ApiMethod ticketOnly() {
    ticketOnly = true;
    return this;
  }

  /** It answers the UPID of a task. */
  public ApiMethod task() {
    isTask = true;
    return this;
  }

  /** What it does; ends the declaration. */
  public ApiMethod answers(Handler newHandler) {
    handler = newHandler;
    return this;
  }

  /** Looks at something before it does what it does; call it once that is declared. */
  public ApiMethod precededBy(Consumer<Call> check) {
    var doing = handler;
    if (doing != null) {
      handler =
          call -> {
            check.accept(call);
            return doing.answer(call);
          };
    }
    return this;
  }

  public String verb() {
    return verb;
  }

  /** The path as declared, without {@code /api2/json}. */
  public String path() {
    return path;
  }

  public Map<String, Param> params() {
    return params;
  }

  Check check() {
    return check;
  }

  boolean isTicketOnly() {
    return ticketOnly;
  }

  @Nullable Handler handler() {
    return handler;
  }

  /** Whether the call is passed on to the node that its path names. */
  boolean isProxied() {
    return path.startsWith("/nodes/{node}/");
  }

  /** The path as Proxmox's API viewer has it: a place has braces and a name, and nothing more. */
  String viewedPath() {
    return PLACE.matcher(path).replaceAll("{$1}");
  }

  /** The declaration as Proxmox's API viewer has it; numbered parameters are one, with [n]. */
  Map<String, Object> export() {
    var json = new LinkedHashMap<String, Object>();
    json.put("method", verb);
    json.put("name", name);
    json.put("allowtoken", ticketOnly ? 0 : 1);
    json.put("proxyto", isProxied() ? "node" : null);
    json.put("permissions", check.export());
    var properties = new LinkedHashMap<String, Object>();
    params.forEach(
        (param, declared) ->
            properties.computeIfAbsent(
                families.getOrDefault(param, param), _ -> declared.export()));
    var parameters = new LinkedHashMap<String, Object>();
    parameters.put("additionalProperties", 0);
    parameters.put("properties", properties);
    json.put("parameters", parameters);
    json.put("returns", isTask ? Map.of("type", "string", "format", "pve-task-upid") : Map.of());
    return json;
  }

  @Override
  public String toString() {
    return verb + " " + path;
  }
}
