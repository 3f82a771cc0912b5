package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.TemplatePlan.Vm;
import dev.hearth.stdlib.proxmox.config.DiskSize;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps to a template and the way back from each. A step that fails takes back what it did
 * itself; the way back of one that finished, or was cut off, asks what is there and so may be gone
 * at any time and twice.
 *
 * <p>One step at a time for one name: the way back waits until a step that was cut off has let go.
 */
final class TemplateSteps {
  private final Tasks tasks;
  private final Templates templates;
  private final Vms vms;
  private final Storages storages;
  private final Map<String, ReentrantLock> names = new ConcurrentHashMap<>();

  TemplateSteps(ProxmoxConnection connection, Tasks tasks, Templates templates) {
    this.tasks = tasks;
    this.templates = templates;
    this.vms = new Vms(connection, tasks);
    this.storages = new Storages(connection, tasks);
  }

  private <T> T alone(String name, Supplier<T> work) {
    var lock = names.computeIfAbsent(name, key -> new ReentrantLock());
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(ProxmoxError.INTERRUPTED, "template " + name).causedBy(e);
    }
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private void alone(String name, Runnable work) {
    alone(
        name,
        () -> {
          work.run();
          return true;
        });
  }

  // ---- The image -------------------------------------------------------------------------------

  /** The image on the node: as it is, or downloaded. */
  Storages.Stored download(TemplateSpec spec, TemplatePlan plan) {
    if (spec.from().volid() != null) {
      return new Storages.Stored(spec.imageVolume(), false);
    }
    return alone(
        plan.name(),
        () ->
            LeftBehind.orTakeBack(
                () -> storages.download(spec.onNode(), spec.images(), spec.download()),
                () -> discardImage(spec, plan)));
  }

  /** Deletes the image if following the plan brought it. */
  void discardImage(TemplateSpec spec, TemplatePlan plan) {
    if (!plan.downloads() || spec.from().volid() != null) {
      return;
    }
    var volid = spec.imageVolume();
    alone(
        plan.name(),
        () ->
            LeftBehind.volume(volid, spec.onNode())
                .unless(
                    () -> {
                      tasks.settle(spec.onNode(), "download", spec.download().storedName());
                      storages.delete(spec.onNode(), spec.images(), volid);
                    }));
  }

  // ---- The VM ----------------------------------------------------------------------------------

  /** The VM with its hardware, the imported disk and the empty cloud-init drive. */
  Vm create(TemplateSpec spec, TemplatePlan plan) {
    return alone(
        plan.name(),
        () ->
            LeftBehind.orTakeBack(
                () -> {
                  var made =
                      vms.make(spec.vmid(), spec.onNode(), id -> creation(id, spec, plan), true);
                  return new Vm(made.vmid(), made.node());
                },
                () -> discardVm(spec, plan)));
  }

  /** Deletes what the plan's build has made, finished or not. */
  void discardVm(TemplateSpec spec, TemplatePlan plan) {
    var build = plan.build();
    if (build == null) {
      return;
    }
    var name = plan.name();
    var node = spec.onNode();
    alone(
        name,
        () ->
            LeftBehind.unknownVm(name, node)
                .unless(
                    () -> {
                      tasks.settle(node, "qmcreate", null);
                      for (var vm : templates.madeBy(build, name, node)) {
                        LeftBehind.vm(vm, name).unless(() -> destroy(vm));
                      }
                    }));
  }

  /** Deletes the template, or what is left of building it, if it bears the mark. */
  boolean remove(String name, @Nullable Vm known) {
    return alone(
        name,
        () -> {
          var found = templates.find(name, known);
          found.ifPresent(
              vm -> {
                if (Templates.mark(vm, name, vms.config(vm.vmid(), vm.node())).isEmpty()) {
                  throw new HearthException(ProxmoxError.TEMPLATE_NOT_OURS, vm.vmid(), name);
                }
                destroy(vm);
              });
          return found.isPresent();
        });
  }

  private void destroy(Vm vm) {
    tasks.run(
        ApiCall.delete("nodes", vm.node(), "qemu", vm.vmid())
            .with(params -> params.put("purge", 1).put("destroy-unreferenced-disks", 1)));
  }

  private static ApiCall creation(long vmid, TemplateSpec spec, TemplatePlan plan) {
    var mark =
        new TemplateMark(
            vmid, plan.name(), spec.imageIdentity(), Objects.requireNonNullElse(plan.build(), ""));
    return ApiCall.post("nodes", spec.onNode(), "qemu")
        .with(
            params -> {
              params.put("vmid", vmid).put("name", plan.name()).put("ostype", "l26");
              params.put("description", mark.under(spec.notes()));
              TemplateConfig.put(params, TemplateConfig.of(spec).hardware());
              params.put("scsihw", "virtio-scsi-single");
              params.put(
                  Templates.DISK,
                  spec.disks()
                      + ":0,import-from="
                      + spec.imageVolume()
                      + ",discard=on,iothread=1,ssd=1");
              params.put("boot", "order=" + Templates.DISK);
              params.put("serial0", "socket"); // many cloud images panic without one
              firmware(params, spec);
            });
  }

  private static void firmware(ObjectNode params, TemplateSpec spec) {
    var drive = spec.disks() + ":cloudinit";
    if (spec.isEfi()) {
      params.put("bios", "ovmf").put("machine", "q35").put("scsi1", drive); // q35 has slow IDE
      params.put("efidisk0", spec.disks() + ":1,efitype=4m,pre-enrolled-keys=0");
    } else {
      params.put("ide2", drive);
    }
  }

  // ---- What the VM becomes; undone with it -----------------------------------------------------

  /** What cloud-init gives to clones. */
  void configure(TemplateSpec spec, Vm vm) {
    tasks.run(
        config(vm)
            .with(
                params -> {
                  TemplateConfig.put(params, TemplateConfig.of(spec).cloudInit());
                  if (spec.password() != null && !spec.password().isEmpty()) {
                    params.put("cipassword", spec.password());
                  }
                }));
  }

  /** Makes the disk as large as wanted; says whether it was smaller. */
  boolean resize(TemplateSpec spec, Vm vm) {
    var wanted = spec.diskSize();
    if (wanted == null) {
      return false;
    }
    long now = Templates.sizeOf(vms.config(vm.vmid(), vm.node()).path(Templates.DISK).asText(""));
    long then = Templates.bytes(wanted);
    if (then < now) {
      throw new HearthException(
          ProxmoxError.TEMPLATE_SPEC,
          "diskSize",
          "is " + wanted + ", less than the image's own " + DiskSize.text(now) + "iB");
    }
    if (then == now) {
      return false;
    }
    tasks.run(vms.resize(vm.vmid(), vm.node(), Templates.DISK, wanted));
    return true;
  }

  void convert(Vm vm) {
    tasks.run(ApiCall.post("nodes", vm.node(), "qemu", vm.vmid(), "template"));
  }

  // ---- A template that is there ----------------------------------------------------------------

  /** Gives the existing template the wanted options; the configuration afterwards. */
  JsonNode change(TemplateSpec spec, TemplatePlan plan) {
    var vm = Objects.requireNonNull(plan.existing(), "only what is there can be changed");
    return alone(
        plan.name(),
        () ->
            LeftBehind.orTakeBack(
                () -> {
                  change(spec, plan.name(), vm);
                  return vms.config(vm.vmid(), vm.node());
                },
                () -> restore(plan)));
  }

  private void change(TemplateSpec spec, String name, Vm vm) {
    var config = vms.config(vm.vmid(), vm.node());
    var mark =
        Templates.mark(vm, name, config)
            .orElseThrow(
                () -> new HearthException(ProxmoxError.TEMPLATE_NOT_OURS, vm.vmid(), name));
    Map<String, @Nullable String> wanted = new LinkedHashMap<>();
    for (var change : TemplateConfig.of(spec).changes(spec, mark, config)) {
      wanted.put(change.key(), change.wanted());
    }
    if (!wanted.isEmpty()) {
      var digest = config.path("digest").asText();
      tasks.run(config(vm).with(TemplateConfig.update(wanted)).with(p -> p.put("digest", digest)));
    }
  }

  /** Gives the options back that the plan found. */
  void restore(TemplatePlan plan) {
    var vm = plan.existing();
    var before = plan.before();
    if (vm == null || before == null || before.isEmpty()) {
      return;
    }
    Map<String, @Nullable String> options = new LinkedHashMap<>();
    before.properties().forEach(was -> options.put(was.getKey(), was.getValue().asText(null)));
    alone(
        plan.name(),
        () ->
            LeftBehind.change(vm, plan.name(), options.keySet())
                .unless(
                    () -> {
                      tasks.settle(vm.node(), "qmconfig", String.valueOf(vm.vmid()));
                      tasks.run(config(vm).with(TemplateConfig.update(options)));
                    }));
  }

  private static ApiCall config(Vm vm) {
    return new ApiCall(
        "POST",
        ApiPath.of("nodes", vm.node(), "qemu", vm.vmid(), "config"),
        JsonNodeFactory.instance.objectNode());
  }

  // ---- All of it -------------------------------------------------------------------------------

  /**
   * What {@code ensure} did.
   *
   * @param before the template that was there with the options that were changed; null for none
   * @param after the same as it is now
   */
  record Ensured(
      boolean changed, long vmid, String node, @Nullable JsonNode before, JsonNode after) {}

  /** Builds or changes the template unless it is as wanted; leaves nothing behind when it fails. */
  Ensured ensure(String name, TemplateSpec spec) {
    return alone(
        name,
        () -> {
          var plan = templates.plan(name, spec);
          var existing = plan.existing();
          if (existing == null) {
            var vm = build(spec, plan);
            return new Ensured(true, vm.vmid(), vm.node(), null, named(vm));
          }
          var before = named(existing);
          var was = plan.before();
          if (plan.actions().isEmpty() || was == null) {
            return new Ensured(false, existing.vmid(), existing.node(), before, before);
          }
          var config = change(spec, plan);
          var after = named(existing);
          was.properties()
              .forEach(
                  option -> {
                    before.set(option.getKey(), option.getValue());
                    after.set(option.getKey(), config.path(option.getKey()));
                  });
          return new Ensured(true, existing.vmid(), existing.node(), before, after);
        });
  }

  private static ObjectNode named(Vm vm) {
    return JsonNodeFactory.instance.objectNode().put("vmid", vm.vmid()).put("node", vm.node());
  }

  private Vm build(TemplateSpec spec, TemplatePlan plan) {
    download(spec, plan);
    return LeftBehind.orTakeBack(
        () -> {
          var vm = create(spec, plan);
          return LeftBehind.orTakeBack(
              () -> {
                configure(spec, vm);
                resize(spec, vm);
                convert(vm);
                return vm;
              },
              () -> discardVm(spec, plan));
        },
        () -> discardImage(spec, plan));
  }
}
