package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.schema.PermissionRule;
import dev.hearth.stdlib.proxmox.schema.Privileges;
import dev.hearth.stdlib.proxmox.schema.ServerSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which privileges calls need, by path: what the server's schema declares, and what methods ask for
 * that look at their parameters themselves.
 */
final class NeededRights {
  /** Stands for what no role can give. */
  static final String ROOT = "root@pam";

  private final ServerSchema schema;
  private final int major;

  /**
   * The needs of calls to one server.
   *
   * @param major its version
   */
  NeededRights(ServerSchema schema, int major) {
    this.schema = schema;
    this.major = major;
  }

  /** Privileges that are needed on a path. */
  record Needed(String path, List<String> privileges) {}

  /** All that some calls need, by path, as roles must be given. */
  List<Needed> of(List<ApiCall> calls) {
    var found = new ArrayList<Known>();
    for (var call : calls) {
      found.add(known(call));
    }
    var sum = Privileges.NONE;
    for (var call : found) {
      sum = sum.and(call.bySelf());
    }
    // Who has a choice takes what is needed anyway, so those come last.
    for (var withChoice : new boolean[] {false, true}) {
      for (var call : found) {
        if (call.rule().hasChoice() == withChoice) {
          sum = sum.and(call.rule().needed(call.params()::get, sum));
        }
      }
    }
    return sum.asGiven().byPath().entrySet().stream()
        .map(entry -> new Needed(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }

  private record Known(PermissionRule rule, CallParams params, Privileges bySelf) {}

  private Known known(ApiCall call) {
    var found =
        schema
            .find(call.method(), call.path().segments())
            .orElseThrow(() -> new HearthException(ProxmoxError.API_MISSING, call));
    var params = new CallParams(found.path(), call.params());
    var rule = found.method().rule();
    var bySelf =
        rule.isOnlyForRoot()
            ? Privileges.of("/", ROOT)
            : new ParameterRights(major, call.method(), call.path().segments(), params).all();
    return new Known(rule, params, bySelf);
  }

  /** What a call gives, in its path and besides. */
  record CallParams(Map<String, String> path, ObjectNode sent) {
    Optional<String> get(String name) {
      var inPath = path.get(name);
      if (inPath != null) {
        return Optional.of(inPath);
      }
      return sent.hasNonNull(name) && !sent.path(name).asText().isEmpty()
          ? Optional.of(sent.path(name).asText())
          : Optional.empty();
    }

    boolean on(String name) {
      return get(name).filter(value -> value.equals("1") || value.equals("true")).isPresent();
    }
  }
}
