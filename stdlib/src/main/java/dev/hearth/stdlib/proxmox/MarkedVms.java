package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * VMs that bear Hearth's mark: made, changed, found again and taken back. What fails takes back
 * what it did itself; the way back of what finished, or was cut off, asks what is there, and so may
 * be gone at any time and twice.
 */
final class MarkedVms {
  private final ProxmoxConnection connection;
  private final Tasks tasks;
  private final Vms vms;
  private final NamedLocks locks;

  MarkedVms(ProxmoxConnection connection, Tasks tasks, NamedLocks locks) {
    this.connection = connection;
    this.tasks = tasks;
    this.vms = new Vms(connection, tasks, GuestType.VM);
    this.locks = locks;
  }

  // ---- Making and taking back ------------------------------------------------------------------

  /**
   * A VM that is to be made.
   *
   * @param vmid the id to take; null for the next free one
   * @param mark the facts of its mark, {@code name} and {@code build} among them
   * @param source whose clone it is to be; null for a VM of its own
   * @param options what Proxmox is told of it besides
   */
  record Making(
      String node,
      @Nullable Long vmid,
      String vmName,
      @Nullable ObjectNode mark,
      @Nullable String notes,
      @Nullable VmPlace source,
      @Nullable ObjectNode options) {

    private ObjectNode facts() {
      return mark == null ? JsonNodeFactory.instance.objectNode() : mark;
    }

    Built built() {
      var facts = facts();
      return new Built(
          facts.path("name").asText(),
          node,
          facts.path("build").asText(),
          List.of(vmName),
          source != null);
    }
  }

  /**
   * What a build has made, or may have made.
   *
   * @param name of the template
   * @param vmNames what the VM may be called
   * @param copied whether it was made as a clone
   */
  record Built(
      String name, String node, String build, List<String> vmNames, @Nullable Boolean copied) {
    private String task() {
      return Boolean.TRUE.equals(copied) ? "qmclone" : "qmcreate";
    }
  }

  /** The VM, whole. */
  VmPlace make(Making request) {
    var built = request.built();
    return locks.alone(
        built.build(),
        () ->
            LeftBehind.orTakeBack(
                () -> {
                  var made =
                      vms.make(request.vmid(), request.node(), id -> making(id, request), true);
                  return new VmPlace(made.vmid(), made.node());
                },
                () -> discard(built)));
  }

  private static ApiCall making(long vmid, Making request) {
    var description = TemplateMark.of(vmid, request.facts()).under(request.notes());
    var source = request.source();
    var call =
        source == null
            ? ApiCall.post("nodes", request.node(), "qemu").with(params -> params.put("vmid", vmid))
            : ApiCall.post("nodes", source.node(), "qemu", source.vmid(), "clone")
                .with(params -> params.put("newid", vmid));
    var options = request.options();
    return (options == null ? call : call.with(options))
        .with(params -> params.put("name", request.vmName()).put("description", description));
  }

  /** What a build that was cut off has made; what it has not made whole is discarded. */
  Optional<VmPlace> find(Built built) {
    return locks.alone(
        built.build(),
        () -> {
          settle(built);
          for (var vm : madeBy(built)) {
            if (!config(vm.place()).hasNonNull("lock")) {
              return Optional.of(vm.place());
            }
            takeBack(built.name(), vm);
          }
          return Optional.empty();
        });
  }

  /** Deletes what a build has made, finished or not. */
  void discard(Built built) {
    locks.alone(
        built.build(),
        () ->
            LeftBehind.unknownVm(built.vmNames().getFirst(), built.node())
                .unless(
                    () -> {
                      settle(built);
                      madeBy(built).forEach(vm -> takeBack(built.name(), vm));
                    }));
  }

  private void settle(Built built) {
    tasks.settle(built.node(), built.task(), null);
  }

  private void takeBack(String name, Found vm) {
    LeftBehind.vm(vm.place(), name).unless(() -> destroy(vm.place(), vm.running()));
  }

  private record Found(VmPlace place, boolean running) {}

  /** Asked of its node: the cluster's own list is some seconds late. */
  private List<Found> madeBy(Built built) {
    var found = new ArrayList<Found>();
    for (var vm : connection.data(ApiCall.get("nodes", built.node(), "qemu"))) {
      var place = new VmPlace(vm.path("vmid").asLong(), built.node());
      if (built.vmNames().contains(vm.path("name").asText())
          && TemplateMark.in(place, config(place))
              .filter(mark -> mark.build().equals(built.build()))
              .isPresent()) {
        found.add(new Found(place, vm.path("status").asText().equals("running")));
      }
    }
    return found;
  }

  /** Deletes a VM if it bears the mark of this name; says whether it was there. */
  boolean remove(String name, VmPlace vm) {
    return locks.alone(
        name,
        () -> {
          var there = listed(vm);
          if (there.isEmpty()) {
            return false;
          }
          requireOurs(vm, name, config(vm));
          destroy(vm, there.get().path("status").asText().equals("running"));
          return true;
        });
  }

  private Optional<JsonNode> listed(VmPlace vm) {
    return connection
        .data(ApiCall.get("nodes", vm.node(), "qemu"))
        .valueStream()
        .filter(listed -> listed.path("vmid").asLong() == vm.vmid())
        .findFirst();
  }

  private void destroy(VmPlace vm, boolean running) {
    if (running) {
      tasks.run(ApiCall.post("nodes", vm.node(), "qemu", vm.vmid(), "status", "stop"));
    }
    tasks.run(
        ApiCall.delete("nodes", vm.node(), "qemu", vm.vmid())
            .with(params -> params.put("purge", 1).put("destroy-unreferenced-disks", 1)));
  }

  // ---- Changing and changing back --------------------------------------------------------------

  /**
   * A change of options.
   *
   * @param name of the template whose mark the VM must bear
   * @param options with the values that they are to have; null for one that is not to be there
   * @param mark facts that its mark tells from now on
   * @param notes what the notes are to say besides; with {@code mark} only
   */
  record Change(
      VmPlace vm,
      String name,
      @Nullable ObjectNode options,
      @Nullable ObjectNode mark,
      @Nullable String notes) {}

  /** Gives a VM these options. */
  void change(Change request) {
    locks.alone(
        request.name(),
        () -> {
          var config = config(request.vm());
          var ours = requireOurs(request.vm(), request.name(), config);
          ObjectNode options = JsonNodeFactory.instance.objectNode();
          if (request.options() != null) {
            options.setAll(request.options());
          }
          if (request.mark() != null) {
            options.put("description", ours.with(request.mark()).under(request.notes()));
          }
          var before = JsonNodeFactory.instance.objectNode();
          options.fieldNames().forEachRemaining(key -> before.set(key, config.get(key)));
          LeftBehind.orTakeBack(
              () -> {
                set(request.vm(), options, config.path("digest").asText());
                return true;
              },
              () -> restore(request.vm(), request.name(), before));
        });
  }

  /** Gives the options back that were found before. */
  void restore(VmPlace vm, String name, ObjectNode before) {
    if (before.isEmpty()) {
      return;
    }
    List<String> keys = new ArrayList<>();
    before.fieldNames().forEachRemaining(keys::add);
    locks.alone(
        name,
        () ->
            LeftBehind.change(vm, name, keys)
                .unless(
                    () -> {
                      settle(vm);
                      set(vm, before, null);
                    }));
  }

  /** Waits for changes of a VM whose answer was lost. */
  void settle(VmPlace vm) {
    tasks.settle(vm.node(), "qmconfig", String.valueOf(vm.vmid()));
  }

  /** Sets what has a value and deletes what is null. */
  void set(VmPlace vm, ObjectNode options, @Nullable String digest) {
    var gone = new ArrayList<String>();
    var call =
        ApiCall.post("nodes", vm.node(), "qemu", vm.vmid(), "config")
            .with(
                params ->
                    options
                        .properties()
                        .forEach(
                            option -> {
                              if (option.getValue().isNull()) {
                                gone.add(option.getKey());
                              } else {
                                params.set(option.getKey(), option.getValue());
                              }
                            }));
    if (!gone.isEmpty()) {
      call = call.with(params -> params.put("delete", String.join(",", gone)));
    }
    if (digest != null) {
      call = call.with(params -> params.put("digest", digest));
    }
    tasks.run(call);
  }

  JsonNode config(VmPlace vm) {
    return vms.config(vm.vmid(), vm.node());
  }

  /** The mark of a VM; fails when it is none of this template's. */
  static TemplateMark requireOurs(VmPlace vm, String name, JsonNode config) {
    return TemplateMark.in(vm, config)
        .filter(mark -> mark.name().equals(name))
        .orElseThrow(() -> new HearthException(ProxmoxError.TEMPLATE_NOT_OURS, vm.vmid(), name));
  }
}
