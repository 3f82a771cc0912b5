package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Making VMs and changing them, to the end of the work. */
final class Vms {
  /** Whoever snatches an id has made something of it, so this ends sooner. */
  private static final int ATTEMPTS = 100;

  private static final Pattern SIZE = Pattern.compile("(\\+?\\d+(?:\\.\\d+)?)([KMGT])(?:iB)?");

  private final ProxmoxConnection connection;
  private final Tasks tasks;
  private final GuestType type;

  /**
   * @param type what it makes: VMs, or containers
   */
  Vms(ProxmoxConnection connection, Tasks tasks, GuestType type) {
    this.connection = connection;
    this.tasks = tasks;
    this.type = type;
  }

  /** A VM and, when nobody waited for it, the task that makes it. */
  record Made(long vmid, String node, @Nullable String upid) {}

  long nextId() {
    return connection.data(ApiCall.get("cluster", "nextid")).asLong();
  }

  /**
   * Does what makes a VM. The API only proposes ids: within this process they are reserved, and
   * where somebody else is quicker the next one is tried, unless the recipe chose the id.
   *
   * @param given the id that the recipe chose
   * @param call what to send for an id
   * @param wait whether to wait until the VM is whole
   */
  Made make(@Nullable Long given, String node, LongFunction<ApiCall> call, boolean wait) {
    if (given != null) {
      return make(given, node, call.apply(given), wait);
    }
    for (int attempt = 1; ; attempt++) {
      try (var reserved = connection.lanes().vmids().reserve(this::nextId, this::isFree)) {
        var made = make(reserved.id(), node, call.apply(reserved.id()), wait);
        if (!wait) {
          reserved.keep(); // until its task has begun the server would propose it again
        }
        return made;
      } catch (HearthException e) {
        if (!isTaken(e) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Made make(long vmid, String node, ApiCall call, boolean wait) {
    var made = wait ? tasks.run(call) : connection.data(call);
    return new Made(vmid, node, wait ? null : made.asText(null));
  }

  /** Whether nobody has an id; the server refuses to propose one that somebody has. */
  private boolean isFree(long vmid) {
    try {
      connection.data(ApiCall.get("cluster", "nextid").with(params -> params.put("vmid", vmid)));
      return true;
    } catch (HearthException e) {
      if (e.code() == ProxmoxError.PARAMETER) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isTaken(HearthException e) {
    return e.code() == ProxmoxError.VM_EXISTS || e.code() == ProxmoxError.CT_EXISTS;
  }

  ApiCall call(
      String method, long vmid, String node, List<String> rest, @Nullable ObjectNode params) {
    return ApiCall.of(method, ApiPath.of("nodes", node, type.word(), vmid).then(rest), params);
  }

  JsonNode config(long vmid, String node) {
    return connection.data(ApiCall.get("nodes", node, type.word(), vmid, "config"));
  }

  /** The configuration of a VM that may be gone. */
  Optional<JsonNode> configIfThere(VmPlace vm) {
    try {
      return Optional.of(config(vm.vmid(), vm.node()));
    } catch (HearthException e) {
      if (e.code() == type.notFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Resizes a disk; {@code size} is {@code 20GiB}, or {@code +5GiB} for more than there is. */
  ApiCall resize(long vmid, String node, String disk, String size) {
    var form = SIZE.matcher(size);
    if (!form.matches()) {
      throw new HearthException(
          ProxmoxError.PARAMETER,
          "PUT resize",
          "`size`: write it as `20GiB`, or as `+5GiB` for more than there is");
    }
    return ApiCall.put("nodes", node, type.word(), vmid, "resize")
        .with(params -> params.put("disk", disk).put("size", form.group(1) + form.group(2)));
  }
}
