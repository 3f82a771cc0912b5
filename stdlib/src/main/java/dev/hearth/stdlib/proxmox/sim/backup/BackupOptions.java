package dev.hearth.stdlib.proxmox.sim.backup;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.BackupFormats;
import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be said of a backup, of one and of a job alike. */
final class BackupOptions {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([^}]*)}}");
  private static final Set<String> PLACES = Set.of("cluster", "guestname", "node", "vmid");
  private static final ValueFormat MAIL =
      ValueFormat.of(
          "email-or-username",
          value ->
              value.matches(
                      "[\\w+\\-~]+(\\.[\\w+\\-~]+)*@[a-zA-Z0-9\\-]+(\\.[a-zA-Z0-9\\-]+)*|[^\\s:/@]+(@[A-Za-z][A-Za-z0-9.\\-_]+)?")
                  ? Optional.empty()
                  : Optional.of("value does not look like a valid email address or user name\n"));

  private static final PropertyFormat FLEECING =
      PropertyFormat.named("backup-fleecing")
          .optionalFirst("enabled", bool())
          .optional("storage", formatted(Formats.STORAGE_ID));
  private static final PropertyFormat PERFORMANCE =
      PropertyFormat.named("backup-performance")
          .optional("max-workers", integer().min(1).max(256))
          .optional("pbs-entries-max", integer().min(1));

  private BackupOptions() {}

  /** The options as parameters of a version. */
  static Map<String, Param> params(int major) {
    var params = new LinkedHashMap<String, Param>();
    params.put("vmid", Param.optional(formatted(Formats.VMID.list())));
    params.put("all", Param.optional(bool().orElse("0")));
    params.put("exclude", Param.optional(formatted(Formats.VMID.list())));
    params.put("pool", Param.optional(string()));
    params.put("storage", Param.optional(formatted(Formats.STORAGE_ID)));
    params.put("mode", Param.optional(oneOf("snapshot", "suspend", "stop").orElse("snapshot")));
    params.put("compress", Param.optional(oneOf("0", "1", "gzip", "lzo", "zstd").orElse("0")));
    params.put("prune-backups", Param.optional(formatted(BackupFormats.KEEP)));
    params.put("remove", Param.optional(bool().orElse("1")));
    params.put("protected", Param.optional(bool()).requires("storage"));
    params.put("notes-template", Param.optional(string().maxLength(1024)).requires("storage"));
    params.put("bwlimit", Param.optional(integer().min(0).orElse("0")));
    params.put("ionice", Param.optional(integer().min(0).max(8).orElse("7")));
    params.put("lockwait", Param.optional(integer().min(0).orElse("180")));
    params.put("stopwait", Param.optional(integer().min(0).orElse("10")));
    params.put("stop", Param.optional(bool().orElse("0")));
    params.put("pigz", Param.optional(integer().orElse("0")));
    params.put("zstd", Param.optional(integer().orElse("1")));
    params.put("performance", Param.optional(formatted(PERFORMANCE)));
    params.put("fleecing", Param.optional(formatted(FLEECING)));
    params.put("pbs-change-detection-mode", Param.optional(oneOf("legacy", "data", "metadata")));
    params.put("exclude-path", Param.list(string()));
    params.put("stdexcludes", Param.optional(bool().orElse("1")));
    params.put("quiet", Param.optional(bool().orElse("0")));
    params.put("dumpdir", Param.optional(string()));
    params.put("tmpdir", Param.optional(string()));
    params.put("script", Param.optional(string()));
    params.put("mailto", Param.optional(formatted(MAIL.list())));
    params.put("mailnotification", Param.optional(oneOf("always", "failure").orElse("always")));
    params.put(
        "notification-mode",
        Param.optional(oneOf("auto", "legacy-sendmail", "notification-system").orElse("auto")));
    params.put("node", Param.optional(formatted(Formats.NODE)));
    if (major < 9) {
      params.put("maxfiles", Param.optional(integer().min(1)));
      params.put(
          "notification-policy",
          Param.optional(oneOf("always", "failure", "never").orElse("always")));
      params.put("notification-target", Param.optional(formatted(Formats.CONFIG_ID)));
    }
    return params;
  }

  /** Refuses what only some may say. */
  static void checkRights(Call call) {
    if (call.rights().isRoot()) {
      return;
    }
    for (var option : List.of("tmpdir", "dumpdir", "script")) {
      if (call.params().has(option)) {
        throw Refusal.parameter(option, "Only root may set this option.");
      }
    }
    if (List.of("bwlimit", "ionice", "performance").stream().anyMatch(call.params()::has)) {
      call.rights().check("/", "Sys.Modify");
    }
  }

  /** Refuses options that contradict each other, and a choice of no guest. */
  static void check(Map<String, String> options) {
    for (var other : List.of("all", "exclude", "pool")) {
      boolean isGiven = !options.getOrDefault(other, "0").equals("0");
      if (isGiven && options.containsKey("vmid")) {
        throw Refusal.parameter(other, "option conflicts with option 'vmid'");
      }
    }
    if (options.containsKey("prune-backups") && options.containsKey("maxfiles")) {
      throw Refusal.parameter("prune-backups", "option conflicts with option 'maxfiles'");
    }
    checkTemplate(options.get("notes-template"));
    if (options.containsKey("exclude") && !options.containsKey("pool")) {
      options.put("all", "1");
    }
    boolean isAny =
        options.containsKey("vmid")
            || options.containsKey("pool")
            || "1".equals(options.get("all"))
            || "1".equals(options.get("stop"));
    if (!isAny) {
      throw Refusal.parameter("vmid", "property is missing");
    }
  }

  private static void checkTemplate(@Nullable String template) {
    var match = PLACE.matcher(template == null ? "" : template);
    while (match.find()) {
      if (!PLACES.contains(match.group(1))) {
        throw Refusal.parameter(
            "notes-template", "unexpected place holder '{{" + match.group(1) + "}}'\n");
      }
    }
  }

  /** The notes that a template makes. */
  static String notes(String template, Map<String, String> values) {
    var lines =
        Pattern.compile("\\\\(\\\\|n)")
            .matcher(template)
            .replaceAll(match -> match.group(1).equals("n") ? "\n" : "\\\\\\\\");
    return PLACE
        .matcher(lines)
        .replaceAll(
            match ->
                java.util.regex.Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")));
  }
}
