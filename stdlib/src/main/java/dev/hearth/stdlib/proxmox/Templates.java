package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.TemplatePlan.Vm;
import dev.hearth.stdlib.proxmox.config.DiskSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Knowing again what was built, and saying what is to be done. Reads only. */
final class Templates {
  static final String DISK = "scsi0";
  private static final Pattern SIZE = Pattern.compile("(?:^|,)size=([0-9.]+[KMGT]?)(?:,|$)");

  private final ProxmoxConnection connection;
  private final Inventory inventory;
  private final Vms vms;
  private final Storages storages;

  Templates(ProxmoxConnection connection, Tasks tasks) {
    this.connection = connection;
    this.inventory = new Inventory(connection);
    this.vms = new Vms(connection, tasks);
    this.storages = new Storages(connection, tasks);
  }

  List<JsonNode> list() {
    return inventory.vms().stream().filter(vm -> vm.path("template").asInt() == 1).toList();
  }

  /**
   * Fails when a VM of the name stands in the way or would need another disk, and when the node
   * lacks what is needed.
   */
  TemplatePlan plan(String name, TemplateSpec spec) {
    var found = inventory.vm(name);
    return found.isPresent() ? changing(name, handle(found.get()), spec) : building(name, spec);
  }

  private TemplatePlan building(String name, TemplateSpec spec) {
    new Preflight(connection, spec.onNode()).check(spec);
    var image = spec.imageVolume();
    var actions = new ArrayList<String>();
    if (storages.find(spec.onNode(), spec.images(), image).isEmpty()) {
      actions.add(TemplatePlan.DOWNLOAD);
    }
    actions.addAll(List.of("create", "configure"));
    if (spec.diskSize() != null) {
      actions.add("resize");
    }
    actions.add("convert");
    var build = UUID.randomUUID().toString();
    return new TemplatePlan(name, null, image, build, List.of(), actions, null);
  }

  private TemplatePlan changing(String name, Vm vm, TemplateSpec spec) {
    var config = vms.config(vm.vmid(), vm.node());
    var mark =
        mark(vm, name, config)
            .orElseThrow(
                () -> new HearthException(ProxmoxError.TEMPLATE_NOT_OURS, vm.vmid(), name));
    if (config.path("template").asInt() != 1) {
      throw new HearthException(ProxmoxError.TEMPLATE_UNFINISHED, name, vm.vmid(), removal(name));
    }
    var fixed = fixedDifferences(spec, mark, config);
    if (!fixed.isEmpty()) {
      throw new HearthException(
              ProxmoxError.TEMPLATE_DIFFERS,
              name,
              vm.vmid(),
              String.join(", ", fixed),
              removal(name))
          .with("differences", fixed);
    }
    var changes = TemplateConfig.of(spec).changes(spec, mark, config);
    if (!changes.isEmpty()) {
      new Preflight(connection, vm.node()).bridge(spec);
    }
    var before = JsonNodeFactory.instance.objectNode();
    changes.forEach(change -> before.put(change.key(), change.is()));
    return new TemplatePlan(
        name,
        vm,
        spec.imageVolume(),
        null,
        changes.stream().map(TemplateConfig.Change::toString).toList(),
        changes.isEmpty() ? List.of() : List.of(TemplatePlan.CHANGE),
        before);
  }

  /** What to type to be rid of a template of ours; its name is one of Proxmox: a DNS name. */
  private String removal(String name) {
    return "hearth eval \"import { proxmox } from 'hearth:proxmox'; await %s.template('%s').remove()\""
        .formatted(connection.inCode(), name);
  }

  /**
   * What only another disk can change. A template's disk is the base of its linked clones, so it is
   * neither replaced nor resized under them.
   */
  private static List<String> fixedDifferences(
      TemplateSpec spec, TemplateMark mark, JsonNode config) {
    var found = new ArrayList<String>();
    differ(found, "image", mark.image(), spec.imageIdentity());
    var disk = config.path(DISK).asText("");
    differ(found, "storage", disk.replaceFirst(":.*$", ""), spec.disks());
    differ(found, "bios", config.path("bios").asText("seabios"), spec.isEfi() ? "ovmf" : "seabios");
    var size = spec.diskSize();
    if (size != null && sizeOf(disk) != bytes(size)) {
      differ(found, "diskSize", DiskSize.text(sizeOf(disk)) + "iB", size);
    }
    return found;
  }

  private static void differ(List<String> found, String field, String is, String wanted) {
    if (!is.equals(wanted)) {
      found.add(field + " " + shown(is) + " -> " + shown(wanted));
    }
  }

  private static String shown(String value) {
    return value.isEmpty() ? "none" : value.length() > 40 ? value.substring(0, 12) + "…" : value;
  }

  /** The bytes of a size such as {@code 10GiB}. */
  static long bytes(String size) {
    return DiskSize.bytes(size.replace("iB", ""));
  }

  /** The size that a drive's option names; 0 when it names none. */
  static long sizeOf(String drive) {
    var size = SIZE.matcher(drive);
    return size.find() ? DiskSize.bytes(String.valueOf(size.group(1))) : 0;
  }

  private static Vm handle(JsonNode resource) {
    return new Vm(resource.path("vmid").asLong(), resource.path("node").asText());
  }

  static Optional<TemplateMark> mark(Vm vm, String name, JsonNode config) {
    return TemplateMark.in(vm.vmid(), config.path("description").asText(""))
        .filter(mark -> mark.name().equals(name));
  }

  /** The VM that is meant: the known one, else that of the name; empty when there is none. */
  Optional<Vm> find(String name, @Nullable Vm known) {
    return (known == null ? inventory.vm(name) : inventory.vm(known.vmid())).map(Templates::handle);
  }

  /**
   * What a build has made so far, asked of its node: the cluster's own list is some seconds late.
   */
  List<Vm> madeBy(String build, String name, String node) {
    return connection
        .data(ApiCall.get("nodes", node, "qemu"))
        .valueStream()
        .filter(vm -> vm.path("name").asText().equals(name))
        .map(vm -> new Vm(vm.path("vmid").asLong(), node))
        .filter(vm -> isBuiltBy(build, vm, name))
        .toList();
  }

  private boolean isBuiltBy(String build, Vm vm, String name) {
    return mark(vm, name, vms.config(vm.vmid(), vm.node()))
        .filter(mark -> mark.build().equals(build))
        .isPresent();
  }
}
