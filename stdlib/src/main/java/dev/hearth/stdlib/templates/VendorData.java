package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.templates.Specification.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cloud-config that lies beneath the user-data that Proxmox makes. It uses none of the words
 * that stand there (host name, user, users, password, keys, upgrade): those would be overridden
 * without a word.
 */
final class VendorData {
  private static final String OWN_FOLDER = "/var/lib/hearth/";
  private static final String FIRST_BOOT = OWN_FOLDER + "first-boot";
  private static final String EVERY_BOOT = "/var/lib/cloud/scripts/per-boot/50-hearth";

  private final Specification spec;
  private final ImageFacts image;
  private final ObjectNode config = JsonNodeFactory.instance.objectNode();
  private final ArrayNode files = JsonNodeFactory.instance.arrayNode();

  /** What the first boot installs, where cloud-init cannot. */
  private final List<String> software = new ArrayList<>();

  /** What waits for its owner, by where. */
  private final Map<String, Content> staged = new LinkedHashMap<>();

  private VendorData(Specification spec, ImageFacts image) {
    this.spec = spec;
    this.image = image;
  }

  /**
   * The document as data; empty when Proxmox itself can say all of it.
   *
   * @param hashes of the passwords of further users, by their names
   */
  static Optional<ObjectNode> of(Specification spec, ImageFacts image, Map<String, String> hashes) {
    var data = new VendorData(spec, image);
    data.names();
    RepositoryConfig.put(spec, image, data.config, data.files);
    data.packages();
    data.files();
    data.commands(hashes);
    return data.config.isEmpty() ? Optional.empty() : Optional.of(data.config);
  }

  private void names() {
    locale();
    put("timezone", spec.timezone());
    keyboard();
    if (spec.hostname().preferFqdn()) {
      config.put("prefer_fqdn_over_hostname", true);
    }
    if (spec.hostname().preserve()) {
      config.put("preserve_hostname", true);
    }
  }

  private void locale() {
    put("locale", spec.locale());
    if (spec.locale() != null && isOfApt() && !spec.locale().startsWith("C")) {
      // Debian's locale-gen makes what stands there, not what cloud-init calls it with.
      files
          .addObject()
          .put("path", "/etc/locale.gen")
          .put("content", spec.locale() + " UTF-8\n")
          .put("append", true);
    }
  }

  /** Of apt, cloud-init's own word fails where console-setup is not there, as in cloud images. */
  private void keyboard() {
    var keyboard = spec.keyboard();
    if (keyboard == null) {
      return;
    }
    if (isOfApt()) {
      script("/etc/default/keyboard", "0644", DebianKeyboard.file(keyboard));
      return;
    }
    var words = config.putObject("keyboard").put("layout", keyboard.layout());
    if (keyboard.model() != null) {
      words.put("model", keyboard.model());
    }
    if (keyboard.variant() != null) {
      words.put("variant", keyboard.variant());
    }
  }

  private boolean isOfApt() {
    return image.packageNames().filter("apt"::equals).isPresent();
  }

  private void put(String key, @Nullable String value) {
    if (value != null) {
      config.put(key, value);
    }
  }

  private void packages() {
    var names = new LinkedHashSet<>(spec.packages());
    if (spec.keyboard() != null && isOfApt()) {
      names.add(DebianKeyboard.PACKAGE);
    }
    if (installsAgent() && image.agentPackage() != null) {
      names.add(image.agentPackage());
    }
    boolean isPacman = image.packageNames().filter("pacman"::equals).isPresent();
    if (isPacman && !spec.repositories().isEmpty()) {
      software.addAll(PacmanSetup.lines(spec.repositories(), names, files));
      return;
    }
    if (!names.isEmpty() || !spec.repositories().isEmpty()) {
      config.put("package_update", true);
    }
    if (!names.isEmpty()) {
      names.forEach(config.putArray("packages")::add);
    }
  }

  /** Of an image that nobody knows, it is the user's own affair. */
  private boolean installsAgent() {
    return spec.agent() && !image.agentPreinstalled() && image.agentPackage() != null;
  }

  /** Files of root are cloud-init's affair; those of others wait until their owners are there. */
  private void files() {
    for (var file : spec.files()) {
      boolean isRoots = file.owner().equals("root") && isRoots(file.group());
      if (isRoots && !file.path().startsWith("/home/")) {
        write(file, file.path(), file.mode(), file.append());
      } else {
        var at = OWN_FOLDER + "files/" + staged.size();
        staged.put(at, file);
        write(file, at, "0600", false);
      }
    }
  }

  private static boolean isRoots(@Nullable String group) {
    return group == null || group.equals("root");
  }

  private void write(Content file, String path, String mode, boolean append) {
    var entry = files.addObject().put("path", path).put("permissions", mode);
    if (file.base64()) {
      entry.put("encoding", "b64");
    }
    entry.put("content", file.content());
    if (append) {
      entry.put("append", true);
    }
  }

  private void script(String path, String mode, String text) {
    files.addObject().put("path", path).put("permissions", mode).put("content", text);
  }

  /** The first command that fails ends the others, and cloud-init's status tells it. */
  private void commands(Map<String, String> hashes) {
    if (!spec.everyBoot().isEmpty()) {
      var lines = String.join("\n", spec.everyBoot().stream().map(ShellText::line).toList());
      script(
          EVERY_BOOT, "0755", "#!/bin/sh\n# By Hearth, for every boot.\nset -e\n" + lines + "\n");
    }
    var last = new ArrayList<String>();
    if (spec.keyboard() != null && isOfApt()) {
      last.add(DebianKeyboard.APPLY);
    }
    if (installsAgent()) {
      last.add(ShellText.call("start_service", "qemu-guest-agent"));
    }
    var script = FirstBootScript.of(spec, hashes, staged, software, last);
    script.ifPresent(text -> script(FIRST_BOOT, "0700", text));
    if (!files.isEmpty()) {
      config.set("write_files", files);
    }
    if (script.isEmpty() && spec.commands().isEmpty()) {
      return;
    }
    var commands = config.putArray("runcmd").add("set -e");
    if (script.isPresent()) {
      commands.addArray().add("sh").add(FIRST_BOOT);
    }
    spec.commands().forEach(commands::add);
  }
}
