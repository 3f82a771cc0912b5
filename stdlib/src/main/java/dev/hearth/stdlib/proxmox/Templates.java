package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.config.DiskSize;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Building cloud-init templates, piece by piece, and knowing again what was built. */
final class Templates {
  private static final Pattern SIZE = Pattern.compile("(?:^|,)size=([0-9.]+[KMGT]?)(?:,|$)");
  private static final String DISK = "scsi0";

  private final Tasks tasks;
  private final Inventory inventory;
  private final Vms vms;
  private final Storages storages;

  Templates(ProxmoxConnection connection, Tasks tasks) {
    this.tasks = tasks;
    this.inventory = new Inventory(connection);
    this.vms = new Vms(connection, tasks);
    this.storages = new Storages(connection, tasks);
  }

  /** A VM by its names. */
  record Vm(long vmid, String node) {}

  /**
   * What is there and what would be done.
   *
   * @param existing the template that is there already
   * @param specHash of what is wanted
   * @param differences in what it differs from what is wanted
   * @param actions what is left to do, in order; empty when nothing is
   */
  record Plan(
      String name,
      @Nullable Vm existing,
      String specHash,
      String image,
      List<String> differences,
      List<String> actions) {}

  List<JsonNode> list() {
    return inventory.vms().stream().filter(Templates::isTemplate).toList();
  }

  private static boolean isTemplate(JsonNode vm) {
    return vm.path("template").asInt() == 1;
  }

  /** Reads only. Fails when a VM of the name stands in the way. */
  Plan plan(String name, TemplateSpec spec) {
    var image = spec.imageVolume();
    var found = inventory.vm(name);
    if (found.isPresent()) {
      var vm = handle(found.get());
      var mark =
          mark(vm, name)
              .orElseThrow(
                  () -> new HearthException(ProxmoxError.TEMPLATE_NOT_OURS, vm.vmid(), name));
      if (!isTemplate(found.get())) {
        throw new HearthException(ProxmoxError.TEMPLATE_UNFINISHED, name, vm.vmid());
      }
      return new Plan(name, vm, spec.hash(), image, mark.differences(spec), List.of());
    }
    var actions = new ArrayList<String>();
    if (storages.find(spec.onNode(), spec.images(), image).isEmpty()) {
      actions.add("download");
    }
    actions.addAll(List.of("create", "configure"));
    if (spec.diskSize() != null) {
      actions.add("resize");
    }
    actions.add("convert");
    return new Plan(name, null, spec.hash(), image, List.of(), actions);
  }

  private static Vm handle(JsonNode resource) {
    return new Vm(resource.path("vmid").asLong(), resource.path("node").asText());
  }

  private Optional<TemplateMark> mark(Vm vm, String name) {
    var description = vms.config(vm.vmid(), vm.node()).path("description").asText("");
    return TemplateMark.in(vm.vmid(), description).filter(mark -> mark.name().equals(name));
  }

  /** The image on the node: as it is, or downloaded. */
  Storages.Stored download(TemplateSpec spec) {
    return spec.from().volid() == null
        ? storages.download(spec.onNode(), spec.images(), spec.download())
        : new Storages.Stored(spec.imageVolume(), false);
  }

  /** The VM with its hardware, the imported disk and the empty cloud-init drive. */
  Vm create(String name, TemplateSpec spec) {
    var made = vms.make(spec.vmid(), spec.onNode(), vmid -> create(vmid, name, spec), true);
    return new Vm(made.vmid(), made.node());
  }

  private static ApiCall create(long vmid, String name, TemplateSpec spec) {
    var all = spec.compared();
    var storage = spec.disks();
    return ApiCall.post("nodes", spec.onNode(), "qemu")
        .with(
            params -> {
              params.put("vmid", vmid).put("name", name).put("ostype", "l26");
              params.put("description", TemplateMark.of(vmid, name, spec).under(spec.notes()));
              params.put("tags", spec.allTags());
              params.put("memory", all.path("memory").asInt());
              params.put("cores", all.path("cores").asInt());
              params.put("cpu", all.path("cpu").asText());
              params.put("agent", all.path("agent").asBoolean() ? "enabled=1" : "enabled=0");
              params.put("scsihw", "virtio-scsi-single");
              params.put(
                  DISK,
                  storage
                      + ":0,import-from="
                      + spec.imageVolume()
                      + ",discard=on,iothread=1,ssd=1");
              params.put("boot", "order=" + DISK);
              params.put("serial0", "socket"); // many cloud images panic without one
              params.put("net0", network(all));
              hardware(params, spec);
            });
  }

  private static void hardware(ObjectNode params, TemplateSpec spec) {
    var drive = spec.disks() + ":cloudinit";
    if (spec.isEfi()) {
      params.put("bios", "ovmf").put("machine", "q35").put("scsi1", drive); // q35 has slow IDE
      params.put("efidisk0", spec.disks() + ":1,efitype=4m,pre-enrolled-keys=0");
    } else {
      params.put("ide2", drive);
    }
  }

  private static String network(ObjectNode all) {
    int vlan = all.path("vlan").asInt();
    var net = "virtio,bridge=" + all.path("bridge").asText();
    return vlan == 0 ? net : net + ",tag=" + vlan;
  }

  /** What cloud-init gives to clones. */
  void configure(Vm vm, TemplateSpec spec) {
    tasks.run(
        ApiCall.post("nodes", vm.node(), "qemu", vm.vmid(), "config")
            .with(
                params -> {
                  params.put("ipconfig0", spec.ipconfig() == null ? "ip=dhcp" : spec.ipconfig());
                  put(params, "ciuser", spec.user());
                  put(params, "cipassword", spec.password());
                  put(params, "nameserver", spec.nameserver());
                  put(params, "searchdomain", spec.searchdomain());
                  put(params, "sshkeys", spec.keys().isEmpty() ? null : percent(spec.keys()));
                }));
  }

  private static void put(ObjectNode params, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      params.put(key, value);
    }
  }

  /** Proxmox wants the keys percent-encoded before the form is encoded. */
  private static String percent(String keys) {
    return URLEncoder.encode(keys, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Makes the disk as large as wanted; says whether it was smaller. */
  boolean resize(Vm vm, TemplateSpec spec) {
    var wanted = spec.diskSize();
    if (wanted == null) {
      return false;
    }
    var disk = vms.config(vm.vmid(), vm.node()).path(DISK).asText("");
    var size = SIZE.matcher(disk);
    long now = size.find() ? DiskSize.bytes(String.valueOf(size.group(1))) : 0;
    long then = DiskSize.bytes(wanted.replace("iB", ""));
    if (then < now) {
      throw new HearthException(
          ProxmoxError.TEMPLATE_SPEC,
          "diskSize",
          "is " + wanted + ", less than the image's own " + DiskSize.text(now) + "iB");
    }
    if (then == now) {
      return false;
    }
    tasks.run(vms.resize(vm.vmid(), vm.node(), DISK, wanted));
    return true;
  }

  void convert(Vm vm) {
    tasks.run(ApiCall.post("nodes", vm.node(), "qemu", vm.vmid(), "template"));
  }

  /** Deletes the template, or what is left of building it, if it bears the mark. */
  boolean remove(String name, @Nullable Vm known) {
    var vm = known == null ? inventory.vm(name).map(Templates::handle).orElse(null) : known;
    if (vm == null || (known != null && inventory.vm(known.vmid()).isEmpty())) {
      return false;
    }
    if (mark(vm, name).isEmpty()) {
      throw new HearthException(ProxmoxError.TEMPLATE_NOT_OURS, vm.vmid(), name);
    }
    tasks.run(
        ApiCall.delete("nodes", vm.node(), "qemu", vm.vmid())
            .with(params -> params.put("purge", 1).put("destroy-unreferenced-disks", 1)));
    return true;
  }
}
