package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands inside a VM, through its guest agent. */
final class GuestAgent {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final ProxmoxConnection connection;

  GuestAgent(ProxmoxConnection connection) {
    this.connection = connection;
  }

  /** Waits until it answers; a VM that is off or has none is told at once. */
  void await(long vmid, String node, Duration limit) {
    var ping = ApiCall.post("nodes", node, "qemu", vmid, "agent", "ping");
    var clock = connection.clock();
    long began = clock.nanoTime();
    var pause = FIRST_PAUSE;
    while (true) {
      try {
        connection.data(ping);
        return;
      } catch (HearthException e) {
        if (e.code() != ProxmoxError.AGENT_NOT_RUNNING) {
          throw e;
        }
        if (clock.nanoTime() - began > limit.toNanos()) {
          throw new HearthException(ProxmoxError.AGENT_SILENT, vmid, limit.toSeconds() + " s")
              .causedBy(e);
        }
      }
      Patience.sleep(clock, pause, "guest agent of VM " + vmid);
      pause = Patience.shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  /** A command in words; no shell reads them. */
  record Command(List<String> words, @Nullable String input, Duration limit) {}

  /** Runs a command to its end and returns what Proxmox says of it, with its own field names. */
  JsonNode exec(long vmid, String node, Command command) {
    var start =
        ApiCall.post("nodes", node, "qemu", vmid, "agent", "exec")
            .with(
                params -> {
                  var words = params.putArray("command");
                  command.words().forEach(words::add);
                  if (command.input() != null) {
                    params.put("input-data", command.input());
                  }
                });
    long pid = connection.data(start).path("pid").asLong();
    var ask =
        ApiCall.get("nodes", node, "qemu", vmid, "agent", "exec-status")
            .with(params -> params.put("pid", pid));
    var clock = connection.clock();
    long began = clock.nanoTime();
    var pause = FIRST_PAUSE;
    var status = connection.data(ask);
    while (status.path("exited").asInt() != 1) {
      if (clock.nanoTime() - began > command.limit().toNanos()) {
        throw new HearthException(
            ProxmoxError.AGENT_TIMEOUT, vmid, command.limit().toSeconds() + " s");
      }
      Patience.sleep(clock, pause, "command in VM " + vmid);
      pause = Patience.shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      status = connection.data(ask);
    }
    return status;
  }
}
