package dev.hearth.stdlib.templates;

import dev.hearth.stdlib.templates.Specification.Keyboard;
import dev.hearth.stdlib.templates.Specification.Nic;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers for Anaconda: a minimal system on the whole disk, as the distribution's own cloud
 * images are, that sets itself up anew at its first boot. All else of a specification is done there
 * by cloud-init, as with any image.
 */
final class Kickstart {
  private static final String PACKAGES =
      """

      %packages
      @core
      cloud-init
      cloud-utils-growpart
      qemu-guest-agent
      %end

      """;

  /** What a machine must not share with others that are made of it. */
  private static final String FORGET =
      """
      %post --erroronfail
      set -eu
      cloud-init clean --logs
      rm -f /etc/NetworkManager/system-connections/* /etc/sysconfig/network-scripts/ifcfg-e*
      rm -f /etc/ssh/ssh_host_* /var/lib/systemd/random-seed /root/anaconda-ks.cfg /root/original-ks.cfg
      : >/etc/machine-id
      dnf -y clean all
      %end
      """;

  private final StringBuilder text = new StringBuilder("# By Hearth.\n");

  private Kickstart() {}

  static String of(Specification spec) {
    var answers = new Kickstart();
    answers.source(spec.image().mirror());
    answers.language(spec);
    answers.network(spec);
    answers.line("rootpw --lock");
    answers.line("selinux --enforcing");
    answers.line("firewall --enabled --service=ssh");
    answers.line("services --enabled=sshd");
    answers.line("firstboot --disable");
    answers.line("zerombr");
    answers.line("clearpart --all --initlabel");
    answers.line("reqpart");
    answers.line("part / --fstype=xfs --size=4096 --grow"); // the last one, so that it can grow
    answers.line("bootloader --timeout=1 --append=\"console=tty0 console=ttyS0,115200n8\"");
    answers.line("poweroff");
    return answers.text + PACKAGES + FORGET;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void source(@Nullable String mirror) {
    line("text --non-interactive");
    line(mirror == null ? "cdrom" : "url --url=\"" + mirror + "\"");
  }

  private void language(Specification spec) {
    line("lang " + (spec.locale() == null ? "en_US.UTF-8" : spec.locale()));
    line("keyboard --xlayouts='" + layout(spec.keyboard()) + "'");
    line("timezone " + (spec.timezone() == null ? "Etc/UTC" : spec.timezone()) + " --utc");
  }

  private static String layout(@Nullable Keyboard keyboard) {
    if (keyboard == null) {
      return "us";
    }
    return keyboard.variant() == null
        ? keyboard.layout()
        : keyboard.layout() + " (" + keyboard.variant() + ")";
  }

  /** For the installer alone: what is installed gets its addresses of cloud-init. */
  private void network(Specification spec) {
    var card = spec.networks().isEmpty() ? null : spec.networks().getFirst();
    if (card == null) {
      return;
    }
    var servers = spec.nameservers().stream().collect(Collectors.joining(","));
    line(
        "network --device=link --activate --onboot=yes "
            + addresses(card)
            + (servers.isEmpty() ? "" : " --nameserver=" + servers));
  }

  private static String addresses(Nic card) {
    var ip = card.ip();
    if (ip == null || ip.equals("dhcp")) {
      return "--bootproto=dhcp";
    }
    int slash = ip.indexOf('/');
    int mask = -1 << (32 - Integer.parseInt(ip.substring(slash + 1)));
    var octets =
        "%d.%d.%d.%d"
            .formatted(mask >>> 24, (mask >>> 16) & 0xff, (mask >>> 8) & 0xff, mask & 0xff);
    return "--bootproto=static --ip=%s --netmask=%s%s"
        .formatted(
            ip.substring(0, slash),
            octets,
            card.gateway() == null ? "" : " --gateway=" + card.gateway());
  }
}
