package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.config.KeyTable;
import dev.hearth.stdlib.proxmox.config.NetFormat;
import dev.hearth.stdlib.proxmox.config.PropertyString;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of a template that a specification speaks of and that can be changed in place: the
 * one source for building a template, comparing one and changing one.
 *
 * @param hardware what a VM is made with
 * @param cloudInit what its clones set themselves up with
 */
record TemplateConfig(
    Map<String, @Nullable String> hardware, Map<String, @Nullable String> cloudInit) {
  private static final KeyTable KEYS = QemuKeys.ofVersion(8);
  static final String USUAL_BRIDGE = "vmbr0";

  private static final String NETWORK = "net0";
  private static final String NOTES = "description";
  private static final String SSH_KEYS = "sshkeys";

  /** What an option is called in a specification, where the names differ. */
  private static final Map<String, String> FIELDS =
      Map.of(
          NETWORK,
          "network",
          NOTES,
          "notes",
          SSH_KEYS,
          "sshKeys",
          "ipconfig0",
          "ipconfig",
          "ciuser",
          "user");

  /**
   * One option that is otherwise than wanted.
   *
   * @param is its value; null when it is not there
   * @param wanted what to send; null when it is not to be there
   */
  record Change(String key, @Nullable String is, @Nullable String wanted) {
    /** For people: {@code memory 2048 -> 4096}. */
    @Override
    public String toString() {
      return FIELDS.getOrDefault(key, key) + " " + shown(is) + " -> " + shown(wanted);
    }

    private String shown(@Nullable String value) {
      var text = value == null ? "" : value;
      text =
          switch (key) {
            case NOTES -> TemplateMark.notesIn(text);
            case SSH_KEYS -> URLDecoder.decode(text, StandardCharsets.UTF_8).strip();
            default -> text;
          };
      var line = text.replaceAll("\\s+", " ");
      return line.isEmpty() ? "none" : line.length() > 40 ? line.substring(0, 39) + "…" : line;
    }
  }

  static TemplateConfig of(TemplateSpec spec) {
    Map<String, @Nullable String> hardware = new LinkedHashMap<>();
    hardware.put("memory", String.valueOf(spec.memory() == null ? 2048 : spec.memory()));
    hardware.put("cores", String.valueOf(spec.cores() == null ? 2 : spec.cores()));
    hardware.put("cpu", spec.cpu() == null ? "x86-64-v2-AES" : spec.cpu());
    hardware.put("agent", Boolean.FALSE.equals(spec.agent()) ? "enabled=0" : "enabled=1");
    hardware.put(NETWORK, network(spec));
    hardware.put("tags", spec.allTags());
    Map<String, @Nullable String> cloudInit = new LinkedHashMap<>();
    cloudInit.put("ipconfig0", spec.ipconfig() == null ? "ip=dhcp" : spec.ipconfig());
    cloudInit.put("ciuser", orNull(spec.user()));
    cloudInit.put("nameserver", orNull(spec.nameserver()));
    cloudInit.put("searchdomain", orNull(spec.searchdomain()));
    cloudInit.put(SSH_KEYS, spec.keys().isEmpty() ? null : percent(spec.keys()));
    return new TemplateConfig(hardware, cloudInit);
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static String network(TemplateSpec spec) {
    var net = "virtio,bridge=" + (spec.bridge() == null ? USUAL_BRIDGE : spec.bridge());
    return spec.vlan() == null ? net : net + ",tag=" + spec.vlan();
  }

  /** Proxmox wants the keys percent-encoded before the form is encoded. */
  private static String percent(String keys) {
    return URLEncoder.encode(keys, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Puts what is to be there into the parameters of a call that makes it. */
  static void put(ObjectNode params, Map<String, @Nullable String> options) {
    options.forEach(
        (key, value) -> {
          if (value != null) {
            params.put(key, value);
          }
        });
  }

  /** What is otherwise in this configuration; what a specification does not speak of is kept. */
  List<Change> changes(TemplateSpec spec, TemplateMark mark, JsonNode config) {
    var wanted = new LinkedHashMap<>(hardware);
    wanted.putAll(cloudInit);
    wanted.put(NOTES, mark.under(spec.notes()));
    List<Change> changes = new ArrayList<>();
    wanted.forEach(
        (key, value) -> {
          var is = config.hasNonNull(key) ? config.get(key).asText() : null;
          var send = key.equals(NETWORK) && is != null && value != null ? onto(is, value) : value;
          if (!same(key, is, send)) {
            changes.add(new Change(key, is, send));
          }
        });
    return changes;
  }

  /** The network card as it is, on the wanted bridge and VLAN: it keeps its address. */
  private static String onto(String is, String wanted) {
    PropertyString want;
    PropertyString have;
    try {
      want = NetFormat.NET.parse(wanted);
      have = NetFormat.NET.parse(is);
    } catch (HearthException e) {
      return wanted; // what stands there is no network card that Hearth knows
    }
    var merged = have.without("tag");
    for (var entry : want.values().entrySet()) {
      merged = merged.with(entry.getKey(), entry.getValue());
    }
    return merged.toString();
  }

  private static boolean same(String key, @Nullable String is, @Nullable String wanted) {
    if (is == null || wanted == null) {
      return (is == null || is.isEmpty()) && wanted == null;
    }
    return switch (key) {
      case NOTES -> TemplateMark.notesIn(is).equals(TemplateMark.notesIn(wanted));
      case SSH_KEYS -> keys(is).equals(keys(wanted));
      default -> KEYS.find(key).orElseThrow().same(wanted, is);
    };
  }

  private static TreeSet<String> keys(String percentEncoded) {
    var text = URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    return new TreeSet<>(text.lines().map(String::strip).filter(key -> !key.isEmpty()).toList());
  }

  /** What has to be sent, so that each key has the value that it is given; null removes it. */
  static ObjectNode update(Map<String, @Nullable String> options) {
    var params = JsonNodeFactory.instance.objectNode();
    put(params, options);
    var gone = options.keySet().stream().filter(key -> options.get(key) == null).toList();
    if (!gone.isEmpty()) {
      params.put("delete", String.join(",", gone));
    }
    return params;
  }
}
