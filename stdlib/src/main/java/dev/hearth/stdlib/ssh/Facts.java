package dev.hearth.stdlib.ssh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a host is, as one command tells it. What a host does not tell is {@code null} or empty.
 *
 * @param packageManager {@code apt}, {@code dnf}, {@code apk}, {@code pacman} or {@code zypper}
 * @param init {@code systemd}, {@code openrc}, or the name of the first process
 * @param addresses with their prefix: {@code 10.0.0.5/24}; none of this host alone
 */
record Facts(
    String hostname,
    String kernel,
    String architecture,
    Os os,
    @Nullable String packageManager,
    @Nullable String init,
    @Nullable Long cpus,
    @Nullable Long memoryBytes,
    List<String> addresses,
    List<Disk> disks) {
  /**
   * The distribution, as its os-release has it.
   *
   * @param like what it descends from
   */
  record Os(
      @Nullable String id, @Nullable String version, @Nullable String name, List<String> like) {}

  /** A whole disk. */
  record Disk(String name, long sizeBytes) {}

  /** Tells everything as {@code key=value}, one on a line, and needs no program that may lack. */
  static final String SCRIPT =
      """
      has() { command -v "$1" >/dev/null 2>&1; }
      echo "hostname=$(uname -n)"; echo "kernel=$(uname -r)"; echo "architecture=$(uname -m)"
      for file in /etc/os-release /usr/lib/os-release; do
        if [ -r "$file" ]; then sed -n 's/^\\([A-Z_]*\\)=/os.\\1=/p' "$file"; break; fi
      done
      for program in apt-get dnf apk pacman zypper; do
        if has $program; then echo "packages=${program%-get}"; break; fi
      done
      if [ -d /run/systemd/system ]; then echo init=systemd
      elif [ -d /run/openrc ]; then echo init=openrc
      elif [ -r /proc/1/comm ]; then echo "init=$(cat /proc/1/comm)"; fi
      has getconf && echo "cpus=$(getconf _NPROCESSORS_ONLN)"
      [ -r /proc/meminfo ] && awk '/^MemTotal:/ { printf "memory=%.0f\\n", $2 * 1024 }' /proc/meminfo
      has ip && ip -o addr show scope global | awk '{ print "address=" $4 }'
      has lsblk && lsblk -bdnro NAME,SIZE,TYPE | awk '$3 == "disk" { print "disk=" $1 " " $2 }'
      true
      """;

  /** Reads what {@link #SCRIPT} wrote. */
  static Facts parse(String said) {
    Map<String, String> single = new LinkedHashMap<>();
    List<String> addresses = new ArrayList<>();
    List<Disk> disks = new ArrayList<>();
    for (var line : said.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals < 0) {
        continue;
      }
      var key = line.substring(0, equals);
      var value = unquoted(line.substring(equals + 1).strip());
      switch (key) {
        case "address" -> addresses.add(value);
        case "disk" -> disk(value, disks);
        default -> single.putIfAbsent(key, value);
      }
    }
    var like = single.getOrDefault("os.ID_LIKE", "").strip();
    return new Facts(
        single.getOrDefault("hostname", ""),
        single.getOrDefault("kernel", ""),
        single.getOrDefault("architecture", ""),
        new Os(
            single.get("os.ID"),
            single.get("os.VERSION_ID"),
            single.get("os.PRETTY_NAME"),
            like.isEmpty() ? List.of() : List.of(like.split(" +", -1))),
        single.get("packages"),
        single.get("init"),
        number(single.get("cpus")),
        number(single.get("memory")),
        addresses,
        disks);
  }

  private static void disk(String text, List<Disk> disks) {
    int space = text.indexOf(' ');
    var size = space < 0 ? null : number(text.substring(space + 1));
    if (size != null) {
      disks.add(new Disk(text.substring(0, space), size));
    }
  }

  private static @Nullable Long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.startsWith("\"") || text.startsWith("'"))
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
