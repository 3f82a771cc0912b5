package dev.hearth.stdlib.templates;

import dev.hearth.stdlib.templates.Specification.Account;
import dev.hearth.stdlib.templates.Specification.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the first boot does beyond cloud-init's own words.
 *
 * <p>Vendor data lies beneath the user-data that Proxmox makes, and that has a list of users:
 * {@code [default]}. cloud-init merges no lists, so further users in vendor data would never be
 * made; nor can it change the one that Proxmox names. A script that runs after the packages are
 * there can, and then the groups and shells that packages bring are there, too.
 *
 * <p>It is written for the shells and tools of every distribution with cloud-init, busybox among
 * them, and may run more than once: a change of a machine's address is a new instance to
 * cloud-init.
 */
final class FirstBootScript {
  private static final String FUNCTIONS =
      """
      has() { command -v "$1" >/dev/null 2>&1; }

      add_user() { # NAME [SHELL]
        id -u "$1" >/dev/null 2>&1 && return 0
        if has useradd; then useradd -m ${2:+-s "$2"} "$1"; else adduser -D ${2:+-s "$2"} "$1"; fi
      }

      set_shell() { # NAME SHELL
        if has usermod; then usermod -s "$2" "$1"; else sed -i "s|^\\($1:.*:\\)[^:]*\\$|\\1$2|" /etc/passwd; fi
      }

      set_password() { printf '%s:%s\\n' "$1" "$2" | chpasswd -e; } # NAME HASH; * is none that fits

      add_to_group() { # NAME GROUP
        grep -q "^$2:" /etc/group || if has groupadd; then groupadd "$2"; else addgroup "$2"; fi
        if has usermod; then usermod -aG "$2" "$1"; else addgroup "$1" "$2"; fi
      }

      home_of() { eval "printf %s ~$1"; } # NAME, which is a plain word

      set_keys() { # NAME, keys on the standard input
        keys_home=$(home_of "$1")
        mkdir -p "$keys_home/.ssh"
        cat >"$keys_home/.ssh/authorized_keys"
        chmod 700 "$keys_home/.ssh"
        chmod 600 "$keys_home/.ssh/authorized_keys"
        chown -R "$1:$(id -gn "$1")" "$keys_home/.ssh"
        if has restorecon; then restorecon -R "$keys_home/.ssh"; fi
      }

      allow_root() { # NAME SUDO-RULE DOAS-RULE
        if has sudo; then
          mkdir -p /etc/sudoers.d
          (umask 227 && rm -f "/etc/sudoers.d/hearth-$1" && printf '%s %s\\n' "$1" "$2" >"/etc/sudoers.d/hearth-$1")
        else
          mkdir -p /etc/doas.d
          printf '%s %s as root\\n' "$3" "$1" >"/etc/doas.d/hearth-$1.conf"
        fi
      }

      forbid_root() { # NAME: takes back what cloud-init gives to the user that it makes itself
        for rules in /etc/sudoers.d/90-cloud-init-users /etc/doas.conf /etc/doas.d/cloud-init.conf; do
          if [ -f "$rules" ]; then sed -i "/^$1 /d; / $1\\( \\|\\$\\)/d" "$rules"; fi
        done
        for group in sudo wheel admin; do
          if id -nG "$1" | tr ' ' '\\n' | grep -qx "$group"; then
            if has gpasswd; then gpasswd -d "$1" "$group"; else delgroup "$1" "$group"; fi
          fi
        done
      }

      make_parents() { # FOLDER OWNER GROUP
        [ -d "$1" ] && return 0
        make_parents "$(dirname "$1")" "$2" "$3"
        mkdir "$1"
        chown "$2:$3" "$1"
      }

      place() { # STAGED PATH OWNER [GROUP] MODE [append]
        place_group=${4:-$(id -gn "$3")}
        make_parents "$(dirname "$2")" "$3" "$place_group"
        if [ -n "$6" ]; then cat "$1" >>"$2"; else cat "$1" >"$2"; fi
        chown "$3:$place_group" "$2"
        chmod "$5" "$2"
        if has restorecon; then restorecon "$2"; fi
      }

      start_service() { # NAME
        if has systemctl; then
          systemctl enable "$1" 2>/dev/null || : # one that udev starts cannot be enabled, nor need it be
          systemctl start --no-block "$1"
        else
          rc-update add "$1" default
          rc-service "$1" start
        fi
      }
      """;

  private final StringBuilder text = new StringBuilder();

  private FirstBootScript() {}

  /**
   * The script; empty when there is nothing for it to do.
   *
   * @param hashes of the passwords of further users, by their names
   * @param staged files for others than root, by where their content waits
   * @param first what is done before all else, such as further packages
   * @param last what is done after
   */
  static Optional<String> of(
      Specification spec,
      Map<String, String> hashes,
      Map<String, Content> staged,
      List<String> first,
      List<String> last) {
    var script = new FirstBootScript();
    first.forEach(script::line);
    script.first(spec.users().getFirst());
    spec.users().stream().skip(1).forEach(user -> script.further(user, hashes));
    staged.forEach(script::place);
    last.forEach(script::line);
    return script.text.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "#!/bin/sh\n# By Hearth, for the first boot.\nset -eu\n\n"
                + FUNCTIONS
                + "\n"
                + script.text);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** Proxmox has it made; this adds what Proxmox has no words for. */
  private void first(Account user) {
    var name = user.name();
    if (name == null) {
      return;
    }
    groups(name, user.groups());
    if (user.shell() != null) {
      line(ShellText.call("set_shell", name, user.shell()));
    }
    if (!user.sudo().equals("nopasswd") && !name.equals("root")) {
      line(ShellText.call("forbid_root", name));
      sudo(name, user.sudo());
    }
  }

  private void further(Account user, Map<String, String> hashes) {
    var name = String.valueOf(user.name());
    line(
        user.shell() == null
            ? ShellText.call("add_user", name, "")
            : ShellText.call("add_user", name, user.shell()));
    var hash = user.passwordHash() == null ? hashes.getOrDefault(name, "*") : user.passwordHash();
    line(ShellText.call("set_password", name, hash));
    groups(name, user.groups());
    sudo(name, user.sudo());
    if (!user.keys().isEmpty()) {
      keys(name, user.keys());
    }
  }

  private void keys(String name, List<String> keys) {
    line(ShellText.call("set_keys", name) + " <<'KEYS'");
    keys.forEach(this::line);
    line("KEYS");
  }

  private void groups(String name, List<String> groups) {
    groups.forEach(group -> line(ShellText.call("add_to_group", name, group)));
  }

  private void sudo(String name, String how) {
    switch (how) {
      case "nopasswd" ->
          line(ShellText.call("allow_root", name, "ALL=(ALL) NOPASSWD:ALL", "permit nopass"));
      case "password" ->
          line(ShellText.call("allow_root", name, "ALL=(ALL) ALL", "permit persist"));
      default -> {
        // nothing is given
      }
    }
  }

  private void place(String staged, Content file) {
    line(
        ShellText.call(
            "place",
            staged,
            file.path(),
            file.owner(),
            file.group() == null ? "" : file.group(),
            file.mode(),
            file.append() ? "append" : ""));
  }
}
