package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the package managers are asked for what is installed, and told to change it. Each is told
 * that nobody answers questions. Names and versions have been checked: none needs quotes.
 */
enum PackageTool {
  APT(
      "dpkg-query -W -f '${Package}\\t${Version}\\t${db:Status-Abbrev}\\n' %s 2>/dev/null || true",
      "apt-get -q update",
      Apt.GET + "install %s",
      Apt.GET + "install %s",
      Apt.GET + "remove %s",
      "="),
  DNF(
      Rpm.QUERY,
      "dnf -q makecache",
      "dnf -y install %s",
      "dnf -y install %1$s && dnf -y upgrade %1$s",
      "dnf -y remove %s",
      "-"),
  ZYPPER(
      Rpm.QUERY,
      "zypper --non-interactive refresh",
      "zypper --non-interactive install %s",
      "zypper --non-interactive install %1$s && zypper --non-interactive update %1$s",
      "zypper --non-interactive remove %s",
      "="),
  PACMAN(
      "pacman -Q %s 2>/dev/null | sed 's/ /\\t/' || true",
      "pacman -Sy --noconfirm",
      "pacman -S --noconfirm --needed %s",
      "pacman -S --noconfirm --needed %s",
      "pacman -R --noconfirm %s",
      null),
  APK(
      "for p in %s; do v=$(apk info -e -v $p 2>/dev/null) && printf '%%s\\t%%s\\n' $p \"${v#$p-}\";"
          + " done; true",
      "apk -q update", "apk -q add %s", "apk -q add -u %s", "apk -q del %s", "=");

  private static final class Apt {
    /** A lock that another holds is waited for; changed configuration files stay. */
    static final String GET =
        "DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120"
            + " -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold"
            + " --allow-downgrades ";
  }

  private static final class Rpm {
    static final String QUERY =
        "rpm -q --qf '%%{NAME}\\t%%|EPOCH?{%%{EPOCH}:}|%%{VERSION}-%%{RELEASE}\\n' %s || true";
  }

  private final String query;
  private final String refresh;
  private final String install;
  private final String upgrade;
  private final String remove;
  private final @Nullable String versionSign;

  PackageTool(
      String query,
      String refresh,
      String install,
      String upgrade,
      String remove,
      @Nullable String versionSign) {
    this.query = query;
    this.refresh = refresh;
    this.install = install;
    this.upgrade = upgrade;
    this.remove = remove;
    this.versionSign = versionSign;
  }

  /** The one of a host, as its facts name it. */
  static PackageTool of(Facts facts, String host) {
    return Optional.ofNullable(facts.packageManager())
        .flatMap(PackageTool::named)
        .orElseThrow(() -> new HearthException(EnsureError.NO_PACKAGE_MANAGER, host));
  }

  private static Optional<PackageTool> named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  String query(List<String> names) {
    return query.formatted(String.join(" ", names));
  }

  /** What {@link #query} said: versions by name, without what is not installed. */
  Map<String, String> installed(String said) {
    var installed = new TreeMap<String, String>();
    for (var line : said.lines().toList()) {
      var fields = line.split("\t", -1);
      // dpkg remembers packages of which only the configuration is left; those are not there.
      boolean isThere = fields.length == 2 || (fields.length == 3 && fields[2].startsWith("ii"));
      if (isThere) {
        installed.put(fields[0], fields[1]);
      }
    }
    return installed;
  }

  String refresh() {
    return refresh;
  }

  String install(List<String> names, @Nullable String version) {
    if (version == null) {
      return install.formatted(String.join(" ", names));
    }
    if (versionSign == null) {
      throw new HearthException(
          EnsureError.SPEC_WRONG,
          "version",
          "cannot be chosen with " + name().toLowerCase(Locale.ROOT) + ", which has only one");
    }
    return install.formatted(
        names.stream().map(name -> name + versionSign + version).collect(Collectors.joining(" ")));
  }

  String upgrade(List<String> names) {
    return upgrade.formatted(String.join(" ", names));
  }

  String remove(List<String> names) {
    return remove.formatted(String.join(" ", names));
  }
}
