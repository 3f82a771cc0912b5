package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.templates.Specification.Repository;

/** Further repositories, in the words that cloud-init has for each package manager. */
final class RepositoryConfig {
  private final ObjectNode config;
  private final ArrayNode files;

  private RepositoryConfig(ObjectNode config, ArrayNode files) {
    this.config = config;
    this.files = files;
  }

  /**
   * Puts them into a cloud-config.
   *
   * @param files what {@code write_files} gets: keys, which are there before any repository is read
   */
  static void put(Specification spec, ImageFacts image, ObjectNode config, ArrayNode files) {
    var into = new RepositoryConfig(config, files);
    var manager = image.packageNames().orElse("");
    if (manager.equals("apk") && !(spec.packages().isEmpty() && !spec.agent())) {
      into.community();
    }
    for (var repository : spec.repositories()) {
      switch (manager) {
        case "apt" -> into.apt(repository);
        case "dnf" -> into.dnf(repository);
        case "zypper" -> into.zypper(repository);
        case "apk" -> into.apk(repository);
        default -> {
          // pacman's are added by the first boot
        }
      }
    }
  }

  private void apt(Repository repository) {
    var options = repository.trusted() ? "[trusted=yes] " : "";
    if (repository.key() != null) {
      // Not cloud-init's own `key`: older ones take such a key for every repository.
      options =
          "[signed-by="
              + key("/etc/apt/keyrings/" + repository.name() + ".asc", repository.key())
              + "] ";
    }
    var source = "deb " + options + repository.url() + " " + repository.suite();
    for (var component : repository.components()) {
      source += " " + component;
    }
    object(object(config, "apt"), "sources")
        .putObject(repository.name() + ".list")
        .put("source", source);
  }

  private void dnf(Repository repository) {
    var entry =
        object(config, "yum_repos")
            .putObject(repository.name())
            .put("name", repository.name())
            .put("baseurl", repository.url())
            .put("enabled", true)
            .put("gpgcheck", repository.key() != null);
    if (repository.key() != null) {
      entry.put("gpgkey", rpmKey(repository.name(), repository.key()));
    }
  }

  private void zypper(Repository repository) {
    var repos = object(config, "zypper").withArray("/repos");
    var entry =
        repos
            .addObject()
            .put("id", repository.name())
            .put("name", repository.name())
            .put("baseurl", repository.url())
            .put("enabled", 1)
            .put("autorefresh", 1)
            .put("gpgcheck", repository.key() == null ? 0 : 1);
    if (repository.key() != null) {
      entry.put("gpgkey", rpmKey(repository.name(), repository.key()));
    }
  }

  /** Keys of the catalogue's own repositories are addresses. */
  private String rpmKey(String name, String key) {
    return key.startsWith("https://")
        ? key
        : "file://" + key("/etc/pki/rpm-gpg/hearth-" + name, key);
  }

  /**
   * cloud-init replaces the whole list of apk, or leaves it alone: so a line is added before
   * packages are.
   */
  private void apk(Repository repository) {
    if (repository.key() != null) {
      key("/etc/apk/keys/" + repository.name() + ".rsa.pub", repository.key());
    }
    var line = ShellText.quoted(repository.url());
    shell("grep -qxF %s %s || printf '%%s\\n' %s >>%s".formatted(line, LIST, line, LIST));
  }

  private static final String LIST = "/etc/apk/repositories";

  /** Most packages of Alpine are there, and it is off. */
  private void community() {
    shell("sed -i 's|^# *\\(http.*/community\\)$|\\1|' " + LIST);
  }

  private void shell(String line) {
    config.withArray("/bootcmd").addArray().add("sh").add("-c").add(line);
  }

  private String key(String path, String text) {
    return key(files, path, text);
  }

  /** Has the text of a key written to a path, which it returns. */
  static String key(ArrayNode files, String path, String text) {
    files
        .addObject()
        .put("path", path)
        .put("permissions", "0644")
        .put("content", text.endsWith("\n") ? text : text + "\n");
    return path;
  }

  private static ObjectNode object(ObjectNode in, String name) {
    return in.get(name) instanceof ObjectNode there ? there : in.putObject(name);
  }
}
