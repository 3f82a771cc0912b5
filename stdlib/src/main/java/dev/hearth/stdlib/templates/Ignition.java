package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.templates.Specification.Account;
import dev.hearth.stdlib.templates.Specification.Content;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What systems of Ignition are set up with: users, keys, files and the time zone. Addresses are
 * Proxmox's own affair: Afterburn reads them there, and on Fedora CoreOS the host name and further
 * keys as well.
 */
final class Ignition {
  /** As old as the releases that are out there. */
  private static final String VERSION = "3.3.0";

  private final Specification spec;
  private final ImageFacts image;
  private final Map<String, String> hashes;
  private final ObjectNode config = JsonNodeFactory.instance.objectNode();

  private Ignition(Specification spec, ImageFacts image, Map<String, String> hashes) {
    this.spec = spec;
    this.image = image;
    this.hashes = hashes;
  }

  /**
   * The configuration; empty when Proxmox itself can say all of it.
   *
   * @param hashes of the passwords of further users, by their names
   */
  static Optional<ObjectNode> of(Specification spec, ImageFacts image, Map<String, String> hashes) {
    var ignition = new Ignition(spec, image, hashes);
    if (!ignition.isNeeded()) {
      return Optional.empty();
    }
    ignition.config.putObject("ignition").put("version", VERSION);
    spec.users().forEach(ignition::user);
    spec.files().forEach(ignition::file);
    ignition.timezone();
    return Optional.of(ignition.config);
  }

  /** Which of its files on the drive is this one: Flatcar reads no other than Proxmox's own. */
  static Documents.Part part(ImageFacts image) {
    return "flatcar".equals(image.family()) ? Documents.Part.USER : Documents.Part.VENDOR;
  }

  /** Flatcar takes the keys of its own user from what Proxmox says, as long as that is there. */
  private boolean isNeeded() {
    var first = spec.users().getFirst();
    boolean ownKeys = part(image) == Documents.Part.VENDOR && !first.keys().isEmpty();
    return ownKeys
        || spec.users().size() > 1
        || !String.valueOf(image.user()).equals(first.name())
        || first.passwordHash() != null
        || !first.groups().isEmpty()
        || first.shell() != null
        || !spec.files().isEmpty()
        || spec.timezone() != null;
  }

  private void user(Account user) {
    var name = String.valueOf(user.name());
    var entry = config.withArray("/passwd/users").addObject().put("name", name);
    var hash = user.passwordHash() == null ? hashes.get(name) : user.passwordHash();
    if (hash != null) {
      entry.put("passwordHash", hash);
    }
    user.keys().forEach(key -> entry.withArray("/sshAuthorizedKeys").add(key));
    user.groups().forEach(group -> entry.withArray("/groups").add(group));
    if (user.shell() != null) {
      entry.put("shell", user.shell());
    }
    if (!name.equals(image.user()) && !user.sudo().equals("none")) {
      var rule = user.sudo().equals("nopasswd") ? "ALL=(ALL) NOPASSWD:ALL" : "ALL=(ALL) ALL";
      put("/etc/sudoers.d/hearth-" + name, 0440, name + " " + rule + "\n");
    }
  }

  private void put(String path, int mode, String text) {
    files(path, mode).set("contents", source(encoded(text)));
  }

  private ObjectNode files(String path, int mode) {
    return config
        .withArray("/storage/files")
        .addObject()
        .put("path", path)
        .put("mode", mode)
        .put("overwrite", true);
  }

  private void file(Content file) {
    var entry = files(file.path(), Integer.parseInt(file.mode(), 8));
    var source = source(file.base64() ? file.content() : encoded(file.content()));
    if (file.append()) {
      entry.remove("overwrite"); // nothing is appended to what is written over
      entry.withArray("/append").add(source);
    } else {
      entry.set("contents", source);
    }
    entry.putObject("user").put("name", file.owner());
    if (file.group() != null) {
      entry.putObject("group").put("name", file.group());
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode source(String base64) {
    return JsonNodeFactory.instance.objectNode().put("source", "data:;base64," + base64);
  }

  private void timezone() {
    if (spec.timezone() != null) {
      config
          .withArray("/storage/links")
          .addObject()
          .put("path", "/etc/localtime")
          .put("target", "../usr/share/zoneinfo/" + spec.timezone())
          .put("overwrite", true);
    }
  }
}
