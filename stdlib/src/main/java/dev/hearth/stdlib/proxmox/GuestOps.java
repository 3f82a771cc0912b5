package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** VMs and containers. */
final class GuestOps {
  private final ProxmoxConnection connection;
  private final Tasks tasks;
  private final Guests guests;

  GuestOps(ProxmoxConnection connection, Tasks tasks, Guests guests) {
    this.connection = connection;
    this.tasks = tasks;
    this.guests = guests;
  }

  record OfType(@Nullable GuestType type) {}

  /** By its id or by its name. */
  record Sought(@Nullable GuestType type, @Nullable Long vmid, @Nullable String name) {
    private Optional<JsonNode> in(Inventory inventory) {
      return vmid == null ? inventory.vm(namedBy()) : inventory.vm(vmid);
    }

    private HearthException notFound(Inventory inventory) {
      return vmid == null
          ? new HearthException(GuestType.of(type).nameNotFound(), namedBy())
          : inventory.notFound(vmid);
    }

    private String namedBy() {
      if (name == null) {
        throw new HearthException(ProxmoxError.NOBODY_SOUGHT);
      }
      return name;
    }
  }

  @Op
  List<JsonNode> listVms(OfType request) {
    return guests.inventory(request.type()).vms();
  }

  /** The VM, or null; an empty Optional is null to JavaScript. */
  @Op
  Optional<JsonNode> findVm(Sought request) {
    return request.in(guests.inventory(request.type()));
  }

  @Op
  JsonNode getVm(Sought request) {
    var inventory = guests.inventory(request.type());
    return request.in(inventory).orElseThrow(() -> request.notFound(inventory));
  }

  @Op
  long nextId() {
    return guests.work(GuestType.VM).nextId();
  }

  record CreateVm(
      @Nullable GuestType type,
      String node,
      @Nullable Long vmid,
      @Nullable ObjectNode params,
      @Nullable Boolean awaited) {}

  @Op(writes = true)
  Vms.Made createVm(CreateVm request) {
    var path = ApiPath.of("nodes", request.node(), GuestType.of(request.type()).word());
    var call = ApiCall.of("POST", path, GuestValues.plain(request.params()));
    return guests
        .work(request.type())
        .make(
            request.vmid(),
            request.node(),
            vmid -> call.with(params -> params.put("vmid", vmid)),
            !Boolean.FALSE.equals(request.awaited()));
  }

  record CloneVm(
      @Nullable GuestType type,
      @JsonDeserialize(using = VmidReader.class) long vmid,
      @Nullable String node,
      @Nullable Long newid,
      @Nullable ObjectNode params,
      @Nullable Boolean awaited) {}

  @Op(writes = true)
  Vms.Made cloneVm(CloneVm request) {
    var node = guests.inventory(request.type()).nodeOf(request.vmid(), request.node());
    var work = guests.work(request.type());
    var call = work.call("POST", request.vmid(), node, List.of("clone"), request.params());
    return work.make(
        request.newid(),
        call.params().path("target").asText(node),
        newid -> call.with(params -> params.put("newid", newid)),
        !Boolean.FALSE.equals(request.awaited()));
  }

  /**
   * What a VM or container is to be.
   *
   * @param reboot whether it may be rebooted for what it does not take while it runs
   * @param move whether it is moved to where it is wanted, or left where it is; null to fail then
   */
  record Wanted(
      @Nullable GuestType type,
      @Nullable ObjectNode spec,
      @Nullable Boolean reboot,
      @Nullable Boolean move) {
    private ObjectNode given() {
      return spec == null ? JsonNodeFactory.instance.objectNode() : spec;
    }

    private GuestChange.How how() {
      return new GuestChange.How(Boolean.TRUE.equals(reboot), move);
    }
  }

  @Op
  GuestPlan planGuest(Wanted request) {
    return guests.ensure(request.type()).plan(request.given(), request.how());
  }

  @Op(writes = true)
  GuestPlan ensureGuest(Wanted request) {
    return guests.ensure(request.type()).ensure(request.given(), request.how());
  }

  /**
   * Something of one VM or container.
   *
   * @param what the rest of the path, such as {@code [config]}
   * @param method of a change; POST unless said otherwise
   */
  record OfVm(
      @Nullable GuestType type,
      @JsonDeserialize(using = VmidReader.class) long vmid,
      @Nullable String node,
      @Nullable String method,
      List<String> what,
      @Nullable ObjectNode params,
      @Nullable Boolean awaited) {}

  private ApiCall call(OfVm request, String usual) {
    var node = guests.inventory(request.type()).nodeOf(request.vmid(), request.node());
    var method = request.method() == null ? usual : request.method();
    var isConfig = request.what().equals(List.of("config")) && !method.equals("GET");
    var params = isConfig ? GuestValues.plain(request.params()) : request.params();
    return guests.work(request.type()).call(method, request.vmid(), node, request.what(), params);
  }

  @Op
  JsonNode readVm(OfVm request) {
    return connection.data(call(request, "GET").reading());
  }

  @Op(writes = true)
  JsonNode changeVm(OfVm request) {
    return tasks.run(call(request, "POST"), request.awaited());
  }

  record Resize(
      @Nullable GuestType type,
      @JsonDeserialize(using = VmidReader.class) long vmid,
      @Nullable String node,
      String disk,
      String size,
      @Nullable Boolean awaited) {}

  @Op(writes = true)
  JsonNode resizeVm(Resize request) {
    var node = guests.inventory(request.type()).nodeOf(request.vmid(), request.node());
    var call =
        guests.work(request.type()).resize(request.vmid(), node, request.disk(), request.size());
    return tasks.run(call, request.awaited());
  }

  record Container(@JsonDeserialize(using = VmidReader.class) long vmid, @Nullable String node) {}

  /** Makes a template of a container: Proxmox does not say which task does it. */
  @Op(writes = true)
  void convertContainer(Container request) {
    var node = guests.inventory(GuestType.CONTAINER).nodeOf(request.vmid(), request.node());
    connection.data(ApiCall.post("nodes", node, "lxc", request.vmid(), "template"));
    tasks.awaitLatest(node, "vztemplate", request.vmid());
  }
}
