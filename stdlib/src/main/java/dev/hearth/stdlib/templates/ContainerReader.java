package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.templates.Specification.Account;
import dev.hearth.stdlib.templates.Specification.Nic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a container, in the words of those for templates: what Proxmox can make of it, or all
 * that is wrong with it. Within a container nothing runs that Proxmox could be asked to run, so
 * what needs that is refused by its name.
 */
final class ContainerReader {
  private static final List<String> KNOWN =
      List.of(
          "name",
          "vmid",
          "node",
          "storage",
          "imageStorage",
          "image",
          "cores",
          "memory",
          "swap",
          "disks",
          "networks",
          "nameservers",
          "searchDomains",
          "users",
          "sshKeys",
          "timezone",
          "privileged",
          "nesting",
          "onBoot",
          "tags",
          "categories",
          "notes");

  private static final List<String> WITHIN =
      List.of(
          "packages",
          "packageSets",
          "repositories",
          "commands",
          "everyBoot",
          "files",
          "locale",
          "keyboard",
          "hostname",
          "upgrade");

  private static final List<String> OF_MACHINES =
      List.of(
          "cpu",
          "sockets",
          "ballooning",
          "firmware",
          "secureBoot",
          "tpm",
          "machine",
          "display",
          "agent");

  private static final Pattern IMAGE = Pattern.compile("[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*");
  private static final Pattern VOLUME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*:vztmpl/[A-Za-z0-9._+=-]+");
  private static final Pattern PATH = Pattern.compile("/(?:[A-Za-z0-9._-]+/)*[A-Za-z0-9._-]+");
  private static final int USUAL_DISK_MIB = 8 * 1024;
  private static final int USUAL_MEMORY_MIB = 512;
  private static final int LARGEST_ID = 999_999_999;

  private final Faults faults = new Faults();
  private final Fields wish;
  private final Map<String, String> options = new LinkedHashMap<>();

  private ContainerReader(JsonNode wish) {
    this.wish = Fields.of(wish, "", faults);
  }

  /**
   * A container.
   *
   * @param image what Proxmox calls its template, up to the first part that matters; or
   * @param volume one that the node has
   * @param imageStorage where a template is downloaded to
   * @param options in the words of Proxmox
   * @param keys who may log in as root
   */
  record Container(
      String name,
      String node,
      @Nullable Integer vmid,
      @Nullable String image,
      @Nullable String volume,
      String imageStorage,
      Map<String, String> options,
      List<String> keys) {}

  /** Fails with all that is wrong. */
  static Container read(JsonNode wish) {
    return new ContainerReader(wish).read();
  }

  private Container read() {
    wish.only(Stream.of(KNOWN, WITHIN, OF_MACHINES).flatMap(List::stream).toList());
    SpecificationReader.requireTarget(wish);
    WITHIN.forEach(
        field ->
            refuse(
                field,
                "cannot be set up in a container: Proxmox has no way to run anything in it",
                "Leave it out, or do it over SSH when the container runs; a VM's template takes it."));
    OF_MACHINES.forEach(field -> refuse(field, "is nothing that a container has", "Leave it out."));
    var plain = SpecificationReader.PLAIN;
    var storage = wish.matching("storage", plain, SpecificationReader.A_STORAGE).orElse("");
    options.put("cores", String.valueOf(wish.number("cores", 1, 8192).orElse(1)));
    options.put("memory", String.valueOf(wish.size("memory", true, 16).orElse(USUAL_MEMORY_MIB)));
    options.put("swap", String.valueOf(wish.size("swap", true, 0).orElse(USUAL_MEMORY_MIB)));
    options.put("unprivileged", wish.flag("privileged").orElse(false) ? "0" : "1");
    if (wish.flag("nesting").orElse(true)) {
      options.put("features", "nesting=1");
    }
    wish.flag("onBoot").ifPresent(starts -> options.put("onboot", starts ? "1" : "0"));
    disks(storage);
    networks();
    words();
    var keys = root();
    var container =
        new Container(
            SpecificationReader.name(wish),
            wish.matching("node", plain, "the name of a node").orElse(""),
            wish.number("vmid", 100, LARGEST_ID).orElse(null),
            wish.isText("image")
                ? wish.matching("image", IMAGE, "a distribution, such as `debian-13`").orElse("")
                : null,
            volume(),
            wish.matching("imageStorage", plain, SpecificationReader.A_STORAGE).orElse("local"),
            options,
            keys);
    faults.throwIfAny();
    return container;
  }

  private void refuse(String field, String what, String hint) {
    if (wish.has(field)) {
      wish.fault(field, what, hint);
    }
  }

  private @Nullable String volume() {
    if (wish.isText("image")) {
      return null;
    }
    var image = wish.object("image").orElse(null);
    if (image == null) {
      return null;
    }
    image.only(List.of("volid"));
    image.required("volid");
    return image
        .matching("volid", VOLUME, "a volume such as `local:vztmpl/debian.tar.zst`")
        .orElse(null);
  }

  /** The first is what it starts from; others are mounted. */
  private void disks(String storage) {
    options.put("rootfs", storage + ":" + USUAL_DISK_MIB / 1024);
    var disks = wish.objects("disks");
    for (int i = 0; i < disks.size(); i++) {
      var disk = disks.get(i);
      int gib = size(disk, i) / 1024;
      var on =
          disk.matching("storage", SpecificationReader.PLAIN, SpecificationReader.A_STORAGE)
              .orElse(storage);
      if (i == 0) {
        options.put("rootfs", on + ":" + gib);
      } else {
        options.put("mp" + (i - 1), on + ":" + gib + ",mp=" + path(disk));
      }
    }
  }

  private static int size(Fields disk, int index) {
    disk.only(index == 0 ? List.of("size", "storage") : List.of("size", "storage", "path"));
    if (index > 0 && !disk.has("size")) {
      disk.fault("size", "is missing");
    }
    int size = disk.size("size", false, 1).orElse(USUAL_DISK_MIB);
    HardwareReader.requireWholeGib(disk, size);
    return size;
  }

  private static String path(Fields disk) {
    if (!disk.has("path")) {
      disk.fault("path", "is missing", "Say where it is mounted, such as `path: '/data'`.");
    }
    return disk.matching("path", PATH, "a path from the root, such as /data").orElse("/");
  }

  private void networks() {
    for (var card : wish.objects("networks")) {
      if (card.has("model")) {
        card.fault("model", "is nothing that a container has");
      }
    }
    var network = new NetworkReader(wish);
    var cards = network.cards();
    for (int i = 0; i < cards.size(); i++) {
      options.put("net" + i, card(cards.get(i), i));
    }
    put("nameserver", String.join(" ", network.nameservers()));
    put("searchdomain", String.join(" ", network.searchDomains()));
  }

  private static String card(Nic card, int index) {
    List<String> parts = new ArrayList<>(List.of("name=eth" + index, "bridge=" + card.bridge()));
    add(parts, "hwaddr", card.mac());
    var addresses = ProxmoxOptions.addresses(card);
    if (addresses != null) {
      parts.add(addresses);
    }
    add(parts, "tag", card.vlan());
    add(parts, "mtu", card.mtu());
    add(parts, "firewall", card.firewall() ? 1 : null);
    return String.join(",", parts);
  }

  private static void add(List<String> parts, String name, @Nullable Object value) {
    if (value != null) {
      parts.add(name + "=" + value);
    }
  }

  private void put(String option, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      options.put(option, value);
    }
  }

  private void words() {
    put("timezone", new ContentReader(wish, faults).timezone());
    put("tags", String.join(";", SpecificationReader.tags(wish, "tags", "categories")));
    put("description", wish.text("notes").orElse(null));
  }

  /** Proxmox makes no other user. */
  private List<String> root() {
    var users = new AccountReader(wish, faults, ImageFacts.of(null)).accounts();
    for (int i = 0; wish.has("users") && i < users.size(); i++) {
      if (i > 0 || !"root".equals(users.get(i).name()) || isMore(users.get(i))) {
        faults.add(
            "users[" + i + "]",
            "cannot be made in a container: Proxmox knows root there, its keys and its password",
            "Leave it out, or make it over SSH when the container runs.");
      }
    }
    return users.getFirst().keys();
  }

  private static boolean isMore(Account user) {
    return !user.groups().isEmpty() || user.shell() != null || user.passwordHash() != null;
  }
}
