package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The answers for Ubuntu's installer: the usual server on the whole disk, without a user, that sets
 * itself up anew at its first boot. All else of a specification is done there by cloud-init, as
 * with any image.
 */
final class Autoinstall {
  /** What the installer leaves, which would keep cloud-init from its work, and what is unique. */
  private static final String FORGET =
      "rm -f /etc/cloud/cloud.cfg.d/99-installer.cfg"
          + " /etc/cloud/cloud.cfg.d/subiquity-disable-cloudinit-networking.cfg"
          + " /etc/cloud/cloud.cfg.d/90-installer-network.cfg"
          + " /etc/cloud/cloud-init.disabled /etc/netplan/*.yaml /etc/ssh/ssh_host_*"
          + " /var/lib/systemd/random-seed"
          + " && cloud-init clean --logs && : >/etc/machine-id";

  private Autoinstall() {}

  /** The user-data, as data. */
  static ObjectNode of(Specification spec) {
    var root = JsonNodeFactory.instance.objectNode();
    var answers = root.putObject("autoinstall").put("version", 1);
    answers.put("locale", spec.locale() == null ? "en_US.UTF-8" : spec.locale());
    var keyboard = answers.putObject("keyboard");
    keyboard.put("layout", spec.keyboard() == null ? "us" : spec.keyboard().layout());
    if (spec.keyboard() != null && spec.keyboard().variant() != null) {
      keyboard.put("variant", spec.keyboard().variant());
    }
    answers.put("timezone", spec.timezone() == null ? "Etc/UTC" : spec.timezone());
    if (spec.image().mirror() != null) {
      answers
          .putObject("apt")
          .putArray("primary")
          .addObject()
          .put("uri", spec.image().mirror())
          .putArray("arches")
          .add("default");
    }
    answers.putObject("storage").putObject("layout").put("name", "direct");
    answers.putObject("ssh").put("install-server", true).put("allow-pw", false);
    // Stands for an `identity`: whoever logs in is made by cloud-init, in what is made of this.
    answers.putObject("user-data").put("disable_root", true);
    answers
        .putArray("late-commands")
        .addArray()
        .add("curtin")
        .add("in-target")
        .add("--")
        .add("sh")
        .add("-c")
        .add(FORGET);
    answers.put("shutdown", "poweroff");
    return root;
  }
}
