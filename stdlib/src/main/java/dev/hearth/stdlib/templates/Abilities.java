package dev.hearth.stdlib.templates;

import dev.hearth.stdlib.templates.ImageFacts.Setup;
import java.util.Objects;

/** What an image cannot do of what is wished for, each said by its field. */
final class Abilities {
  private final ImageFacts image;
  private final Fields wish;
  private final Faults faults;

  Abilities(ImageFacts image, Fields wish, Faults faults) {
    this.image = image;
    this.wish = wish;
    this.faults = faults;
  }

  void require(Specification spec) {
    if (image.setup() == Setup.CLOUD_INIT) {
      requireServices(spec);
      requireLocale(spec);
      return;
    }
    if (image.setup() == Setup.IGNITION) {
      requireIgnition(spec);
      return;
    }
    requireNothingWithin(spec);
    if (image.setup() != Setup.CLOUD_INIT_SUBSET) {
      requireNobody(spec);
    }
  }

  /** Ignition makes users and files, and runs nothing. */
  private void requireIgnition(Specification spec) {
    requireNoCommands(spec);
    refuse("locale", spec.locale() != null);
    refuse("keyboard", spec.keyboard() != null);
    refuse("hostname", spec.hostname().preferFqdn() || spec.hostname().preserve());
    refuse("upgrade", spec.upgrade());
    var first = spec.users().getFirst();
    boolean isOwn = Objects.equals(first.name(), image.user());
    refuse("users[0].sudo", isOwn && !first.sudo().equals("nopasswd"));
    if (first.password() != null) {
      faults.add(
          "users[0].password",
          "cannot be set up: %s %s".formatted(image.called(), reason()),
          "Give a `passwordHash`, as `openssl passwd -6` prints it.");
    }
  }

  private void requireNoCommands(Specification spec) {
    refuse("packages", !spec.packages().isEmpty() && wish.has("packages"));
    refuse("packageSets", wish.has("packageSets"));
    refuse("repositories", !spec.repositories().isEmpty());
    refuse("commands", !spec.commands().isEmpty());
    refuse("everyBoot", !spec.everyBoot().isEmpty());
  }

  /** What needs cloud-init whole: nothing else reads vendor data. */
  private void requireNothingWithin(Specification spec) {
    requireNoCommands(spec);
    refuse("files", !spec.files().isEmpty());
    refuse("locale", spec.locale() != null);
    refuse("timezone", spec.timezone() != null);
    refuse("keyboard", spec.keyboard() != null);
    refuse("hostname", spec.hostname().preferFqdn() || spec.hostname().preserve());
    refuse("upgrade", spec.upgrade());
    var first = spec.users().getFirst();
    refuse("users[0].groups", !first.groups().isEmpty());
    refuse("users[0].shell", first.shell() != null);
    refuse("users[0].sudo", !first.sudo().equals("nopasswd") && !"root".equals(first.name()));
    refuse("users[1]", spec.users().size() > 1);
  }

  /** What Proxmox itself hands over, and nobody in there reads. */
  private void requireNobody(Specification spec) {
    var first = spec.users().getFirst();
    refuse("users[0]", !Objects.equals(first.name(), image.user()));
    refuse("users[0].password", first.password() != null || first.passwordHash() != null);
    refuse("sshKeys", !first.keys().isEmpty());
    refuse("nameservers", !spec.nameservers().isEmpty());
    refuse("searchDomains", !spec.searchDomains().isEmpty());
    for (int i = 0; i < spec.networks().size(); i++) {
      var card = spec.networks().get(i);
      refuse("networks[" + i + "].ip", card.ip() != null && !card.ip().equals("dhcp"));
      refuse("networks[" + i + "].ip6", card.ip6() != null && card.ip6().indexOf('/') >= 0);
    }
  }

  private void refuse(String field, boolean isWanted) {
    if (isWanted) {
      faults.add(
          field,
          "cannot be set up: %s %s".formatted(image.called(), reason()),
          "Leave it out, or take an image with cloud-init: `images().list()` tells the `setup` of each.");
    }
  }

  private String reason() {
    return switch (image.setup()) {
      case CLOUD_INIT -> "reads cloud-init";
      case CLOUD_INIT_SUBSET -> "understands only a part of cloud-init: what Proxmox itself sets";
      case IGNITION -> "is set up by Ignition, not by cloud-init";
      case NONE -> "reads no settings of Proxmox";
    };
  }

  private void requireServices(Specification spec) {
    if (spec.agent() && !image.agentPreinstalled() && image.isKnown() && !knowsServices()) {
      faults.add(
          "agent", "cannot be started: nobody knows how " + image.called() + " starts services");
    }
  }

  private boolean knowsServices() {
    return "systemd".equals(image.init()) || "openrc".equals(image.init());
  }

  private void requireLocale(Specification spec) {
    if ("gentoo".equals(image.family()) && spec.locale() != null) {
      faults.add("locale", "cannot be set: cloud-init gives Gentoo its own, whatever is asked for");
    }
  }
}
