package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hearth.stdlib.templates.Specification.Repository;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Further repositories of pacman, and what is installed when there are some. cloud-init has no
 * words for them, and a repository whose key is not known yet breaks every call of pacman; so both
 * are the first boot's affair: the keys, then the repositories, then the packages.
 */
final class PacmanSetup {
  private static final String KEYS = "/var/lib/hearth/keys/";
  private static final String CONFIG = "/etc/pacman.conf";

  private PacmanSetup() {}

  /**
   * The lines of a script.
   *
   * @param files what {@code write_files} gets: the keys
   */
  static List<String> lines(
      List<Repository> repositories, Collection<String> packages, ArrayNode files) {
    var lines = new ArrayList<String>();
    for (var repository : repositories) {
      var key = repository.key();
      if (key != null) {
        var path = RepositoryConfig.key(files, KEYS + repository.name() + ".asc", key);
        lines.add(ShellText.call("pacman-key", "--add", path));
        lines.add("pacman-key --lsign-key \"$(" + fingerprint(path) + ")\"");
      }
      lines.add(
          ShellText.call(
                  "printf",
                  "%s\\n",
                  "",
                  "[" + repository.name() + "]",
                  "SigLevel = " + (key == null ? "Never" : "Required DatabaseOptional"),
                  "Server = " + repository.url())
              + " >>"
              + CONFIG);
    }
    var words = new ArrayList<>(List.of("-Sy", "--noconfirm", "--needed", "--"));
    words.addAll(packages);
    lines.add(
        packages.isEmpty()
            ? "pacman -Sy --noconfirm"
            : ShellText.call("pacman", words.toArray(String[]::new)));
    return lines;
  }

  /** A command that prints the fingerprint of the key in a file. */
  private static String fingerprint(String path) {
    return ShellText.call("gpg", "--batch", "--with-colons", "--show-keys", path)
        + " | sed -n '/^fpr:/{s/^fpr:*\\([0-9A-F]*\\):*$/\\1/p;q}'";
  }
}
