package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.hearth.runtime.spi.Op;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inside of VMs, through their guest agents. */
final class AgentOps {
  private final ProxmoxConnection connection;
  private final Inventory vms;

  AgentOps(ProxmoxConnection connection, Inventory vms) {
    this.connection = connection;
    this.vms = vms;
  }

  record Exec(
      @JsonDeserialize(using = VmidReader.class) long vmid,
      @Nullable String node,
      List<String> command,
      @Nullable String input,
      Duration timeout) {}

  @Op(writes = true)
  JsonNode execInVm(Exec request) {
    var node = vms.nodeOf(request.vmid(), request.node());
    var command = new GuestAgent.Command(request.command(), request.input(), request.timeout());
    return new GuestAgent(connection).exec(request.vmid(), node, command);
  }

  record Wait(
      @JsonDeserialize(using = VmidReader.class) long vmid,
      @Nullable String node,
      Duration timeout) {}

  @Op(writes = true)
  void awaitAgent(Wait request) {
    var node = vms.nodeOf(request.vmid(), request.node());
    new GuestAgent(connection).await(request.vmid(), node, request.timeout());
  }

  /** A file inside a VM. */
  record GuestFile(
      @JsonDeserialize(using = VmidReader.class) long vmid,
      @Nullable String node,
      String path,
      @Nullable String text) {}

  private GuestFiles files(GuestFile request) {
    var node = vms.nodeOf(request.vmid(), request.node());
    return new GuestFiles(connection, request.vmid(), node);
  }

  @Op
  String readTextInVm(GuestFile request) {
    return new String(readBytesInVm(request), StandardCharsets.UTF_8);
  }

  @Op
  byte[] readBytesInVm(GuestFile request) {
    return files(request).read(request.path());
  }

  @Op(writes = true)
  void writeInVm(GuestFile request, byte @Nullable [] beside) {
    var text = request.text() == null ? "" : request.text();
    var bytes = beside == null ? text.getBytes(StandardCharsets.UTF_8) : beside;
    files(request).write(request.path(), bytes);
  }
}
