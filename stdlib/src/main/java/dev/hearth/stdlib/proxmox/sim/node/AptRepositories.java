package dev.hearth.stdlib.proxmox.sim.node;

import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where a node gets its packages from: what stands in its files below {@code /etc/apt}. */
final class AptRepositories {
  private static final String FOLDER = "/etc/apt/sources.list.d/";
  private static final String PAID = "https://enterprise.proxmox.com/debian";
  private static final String FREE = "http://download.proxmox.com/debian";
  private static final int FIRST_WITH_SOURCES = 9;

  private final Sections files;
  private final boolean isNew;
  private final String suite;

  AptRepositories(World world, String node) {
    world.node(node);
    this.isNew = world.major() >= FIRST_WITH_SOURCES;
    this.suite = isNew ? "trixie" : world.major() == 8 ? "bookworm" : "bullseye";
    this.files = world.sections("apt/" + node);
    if (files.all().isEmpty()) {
      install();
    }
  }

  /**
   * One repository.
   *
   * @param handle by which Proxmox knows it; empty if it does not
   */
  private record Repository(
      boolean isEnabled, String handle, String uri, String suites, String components, String key) {
    private static Repository read(String line) {
      var parts = line.split("\\|", -1);
      return new Repository(parts[0].equals("1"), parts[1], parts[2], parts[3], parts[4], parts[5]);
    }

    private String line() {
      return String.join("|", isEnabled ? "1" : "0", handle, uri, suites, components, key);
    }

    private Repository enabled(boolean enabled) {
      return new Repository(enabled, handle, uri, suites, components, key);
    }
  }

  private void install() {
    if (isNew) {
      var debian = "/usr/share/keyrings/debian-archive-keyring.gpg";
      var main = "main contrib non-free-firmware";
      put(
          FOLDER + "debian.sources",
          new Repository(
              true, "", "http://deb.debian.org/debian/", "trixie trixie-updates", main, debian),
          new Repository(
              true,
              "",
              "http://security.debian.org/debian-security/",
              "trixie-security",
              main,
              debian));
    } else {
      var main = "main contrib";
      var mirror = "http://ftp.debian.org/debian";
      put(
          "/etc/apt/sources.list",
          new Repository(true, "", mirror, suite, main, ""),
          new Repository(true, "", mirror, suite + "-updates", main, ""),
          new Repository(true, "", "http://security.debian.org", suite + "-security", main, ""));
    }
    var ceph = isNew ? "ceph-squid-enterprise" : "ceph-quincy-enterprise";
    put(path("enterprise"), standard("enterprise"));
    put(path(ceph), standard(ceph));
  }

  private void put(String path, Repository... repositories) {
    var lines = new TreeMap<String, String>();
    for (int i = 0; i < repositories.length; i++) {
      lines.put(String.valueOf(i), repositories[i].line());
    }
    files.put(path, isNew ? "sources" : "list", lines);
  }

  private List<String> handles() {
    var handles = new ArrayList<>(List.of("enterprise", "no-subscription", "test"));
    for (var release : isNew ? List.of("squid") : List.of("quincy", "reef", "squid")) {
      for (var kind : List.of("enterprise", "no-subscription", "test")) {
        handles.add("ceph-" + release + "-" + kind);
      }
    }
    return handles;
  }

  private String path(String handle) {
    var more = isNew ? ".sources" : ".list";
    if (handle.startsWith("ceph-")) {
      return FOLDER + "ceph" + more;
    }
    if (handle.equals("enterprise")) {
      return FOLDER + "pve-enterprise" + more;
    }
    return isNew ? FOLDER + "proxmox.sources" : "/etc/apt/sources.list";
  }

  private Repository standard(String handle) {
    var kind = handle.replaceFirst("ceph-[a-z]+-", "");
    var server = kind.equals("enterprise") ? PAID : FREE;
    var key = isNew ? "/usr/share/keyrings/proxmox-archive-keyring.gpg" : "";
    if (handle.startsWith("ceph-")) {
      var release = handle.substring(0, handle.length() - kind.length() - 1);
      return new Repository(true, handle, server + "/" + release, suite, kind, key);
    }
    var component = kind.equals("test") && !isNew ? "pvetest" : "pve-" + kind;
    return new Repository(true, handle, server + "/pve", suite, component, key);
  }

  /** Whether packages come from where only subscribers get any. */
  boolean needsSubscription() {
    return all().anyMatch(one -> one.isEnabled() && one.uri().startsWith(PAID));
  }

  private Stream<Repository> all() {
    return files.all().values().stream()
        .flatMap(file -> file.values().values().stream())
        .map(Repository::read);
  }

  private Optional<Boolean> status(String handle) {
    return all().filter(one -> one.handle().equals(handle)).map(Repository::isEnabled).findFirst();
  }

  String digest() {
    return Digests.sha256(new TreeMap<>(files.all()).toString());
  }

  /** All of it, as Proxmox tells it. */
  Item told() {
    var told = new ArrayList<Item>();
    var infos = new ArrayList<Item>();
    for (var file : new TreeMap<>(files.all()).entrySet()) {
      var path = file.getKey();
      var repositories = file.getValue().values().values().stream().map(Repository::read).toList();
      for (int i = 0; i < repositories.size(); i++) {
        boolean isDebian = repositories.get(i).uri().contains("debian.org");
        infos.add(
            Item.of("path", path)
                .with("index", i)
                .with("kind", "origin")
                .with("message", isDebian ? "Debian" : "Proxmox"));
      }
      told.add(
          Item.of("path", path)
              .with("file-type", file.getValue().type())
              .with(
                  "repositories",
                  repositories.stream().map(one -> told(one, file.getValue().type())).toList())
              .with("digest", bytes(Digests.sha256(path + file.getValue().values()))));
    }
    return Item.of("files", told)
        .with("errors", List.of())
        .with("digest", digest())
        .with("infos", infos)
        .with("standard-repos", handles().stream().map(this::standardTold).toList());
  }

  private static List<Integer> bytes(String hex) {
    var bytes = new ArrayList<Integer>();
    for (int i = 0; i < hex.length(); i += 2) {
      bytes.add(Integer.parseInt(hex.substring(i, i + 2), 16));
    }
    return bytes;
  }

  private static Item told(Repository one, String type) {
    var item =
        Item.of("Types", List.of("deb"))
            .with("URIs", List.of(one.uri()))
            .with("Suites", List.of(one.suites().split(" ", -1)))
            .with("Components", List.of(one.components().split(" ", -1)));
    if (!one.key().isEmpty()) {
      item.with("Options", List.of(Item.of("Key", "Signed-By").with("Values", List.of(one.key()))));
    }
    return item.with("FileType", type).with("Enabled", one.isEnabled() ? 1 : 0);
  }

  private Item standardTold(String handle) {
    var item =
        Item.of("handle", handle)
            .with("name", name(handle))
            .with("description", description(handle));
    status(handle).ifPresent(isEnabled -> item.with("status", isEnabled ? 1 : 0));
    return item;
  }

  private static String name(String handle) {
    return switch (handle) {
      case "enterprise" -> "Enterprise";
      case "no-subscription" -> "No-Subscription";
      case "test" -> "Test";
      default -> {
        var parts = handle.split("-", 3);
        yield "Ceph " + capital(parts[1]) + " " + name(parts[2]);
      }
    };
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String description(String handle) {
    return switch (handle) {
      case "enterprise" ->
          "This is the default, stable, and recommended repository, available for all Proxmox"
              + " subscription users.";
      case "no-subscription" ->
          "This is the recommended repository for testing and non-production use. Its packages are"
              + " not as heavily tested and validated as the production ready enterprise"
              + " repository. You don't need a subscription key to access this repository.";
      case "test" ->
          "This repository contains the latest packages and is primarily used for test labs and by"
              + " developers to test new features.";
      default -> {
        var parts = handle.split("-", 3);
        var release = "Ceph " + capital(parts[1]);
        yield switch (parts[2]) {
          case "enterprise" ->
              "This repository holds the production-ready Proxmox " + release + " packages.";
          case "no-subscription" ->
              "This repository holds the Proxmox "
                  + release
                  + " packages intended for non-production use.";
          default ->
              "This repository contains the "
                  + release
                  + " packages before they are moved to the main repository.";
        };
      }
    };
  }

  /** Adds one that Proxmox knows, or enables it. */
  void add(String handle, String digest) {
    if (!handles().contains(handle)) {
      var known = handles().stream().map(one -> "`" + one + "`").toList();
      throw Refusal.die(
          "unknown variant `" + handle + "`, expected one of " + String.join(", ", known));
    }
    Fields.check(digest(), digest);
    for (var file : files.all().entrySet()) {
      for (var line : file.getValue().values().entrySet()) {
        if (Repository.read(line.getValue()).handle().equals(handle)) {
          line.setValue(Repository.read(line.getValue()).enabled(true).line());
          return;
        }
      }
    }
    var lines = new TreeMap<>(files.values(path(handle)));
    lines.put(String.valueOf(lines.size()), standard(handle).line());
    files.put(path(handle), isNew ? "sources" : "list", lines);
  }

  /** Enables or disables one by where it stands. */
  void change(String path, int index, Optional<Boolean> enabled, String digest) {
    Fields.check(digest(), digest);
    Map<String, String> lines = files.values(path);
    if (!files.has(path)) {
      throw Refusal.die("invalid path - " + path);
    }
    var line = lines.get(String.valueOf(index));
    if (line == null) {
      throw Refusal.die("invalid index - " + index);
    }
    enabled.ifPresent(
        isEnabled ->
            lines.put(String.valueOf(index), Repository.read(line).enabled(isEnabled).line()));
  }
}
