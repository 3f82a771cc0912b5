package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.config.KeyTable;
import dev.hearth.stdlib.proxmox.config.NetFormat;
import dev.hearth.stdlib.proxmox.config.PropertyString;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether the options of a VM are as wanted, by what they mean and not by how they are written. */
final class TemplateOptions {
  private static final KeyTable KEYS = QemuKeys.ofVersion(9);
  private static final String NOTES = "description";
  private static final String SSH_KEYS = "sshkeys";

  /** What people call an option whose own name says little. */
  private static final Map<String, String> WORDS =
      Map.of("net0", "network", NOTES, "notes", SSH_KEYS, "sshKeys", "ciuser", "user");

  private TemplateOptions() {}

  /**
   * One option that is otherwise than wanted.
   *
   * @param is its value; null when it is not there
   * @param wanted what to send; null when it is not to be there
   * @param text for people: {@code memory 2048 -> 4096}
   */
  record Change(String key, @Nullable String is, @Nullable String wanted, String text) {}

  /**
   * What is otherwise in a configuration; what is not spoken of is kept.
   *
   * @param wanted options with their values; null for one that is not to be there
   */
  static List<Change> changes(JsonNode config, ObjectNode wanted) {
    var changes = new ArrayList<Change>();
    for (var option : wanted.properties()) {
      var key = option.getKey();
      var is = config.hasNonNull(key) ? config.get(key).asText() : null;
      var want = option.getValue().isNull() ? null : option.getValue().asText();
      var send = key.matches("net\\d+") && is != null && want != null ? onto(is, want) : want;
      if (!same(key, is, send)) {
        var text = WORDS.getOrDefault(key, key) + " " + shown(key, is) + " -> " + shown(key, send);
        changes.add(new Change(key, is, send, text));
      }
    }
    return changes;
  }

  private static String shown(String key, @Nullable String value) {
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

  /** The network card as it is, with what is wanted of it: it keeps its address. */
  private static String onto(String is, String wanted) {
    PropertyString want;
    PropertyString have;
    try {
      want = NetFormat.NET.parse(wanted);
      have = NetFormat.NET.parse(is);
    } catch (HearthException e) {
      return wanted; // what stands there is no network card that Hearth knows
    }
    var merged = have.without("tag").without("mtu");
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
      default -> KEYS.find(key).map(known -> known.same(wanted, is)).orElse(is.equals(wanted));
    };
  }

  private static Set<String> keys(String percentEncoded) {
    var text = URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    return new TreeSet<>(text.lines().map(String::strip).filter(key -> !key.isEmpty()).toList());
  }
}
