package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.spi.Op;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What recipes can do with a Proxmox VE. Every method blocks; the runtime gives it a worker. */
final class ProxmoxOps {
  private final ProxmoxConnection connection;
  private final Tasks tasks;

  ProxmoxOps(ProxmoxConnection connection) {
    this.connection = connection;
    this.tasks = new Tasks(connection);
  }

  // ---- The raw door ----------------------------------------------------------------------------

  /**
   * A path of the API and what is asked of it.
   *
   * @param path as one text, or
   * @param segments in parts, none of which can break out of its place
   */
  record Raw(
      @Nullable String method,
      @Nullable String path,
      @Nullable List<String> segments,
      @Nullable ObjectNode params) {

    private ApiCall call(String usual) {
      var where =
          segments == null ? ApiPath.parse(path == null ? "" : path) : new ApiPath(segments);
      return new ApiCall(
          method == null ? usual : method,
          where,
          params == null ? JsonNodeFactory.instance.objectNode() : params);
    }
  }

  @Op
  JsonNode read(Raw request) {
    return connection.data(
        new ApiCall("GET", request.call("GET").path(), request.call("GET").params()));
  }

  @Op(writes = true)
  JsonNode change(Raw request) {
    return connection.data(request.call("POST"));
  }

  // ---- Tasks -----------------------------------------------------------------------------------

  record TaskRequest(String upid, @Nullable Duration timeout, @Nullable Boolean follow) {}

  @Op
  JsonNode taskStatus(TaskRequest request) {
    return tasks.status(Upid.parse(request.upid()));
  }

  @Op
  JsonNode waitForTask(TaskRequest request) {
    var limit = Optional.ofNullable(request.timeout()).orElse(Tasks.DEFAULT_LIMIT);
    return tasks.await(Upid.parse(request.upid()), limit);
  }

  @Op
  TaskLog taskLog(TaskRequest request) {
    return tasks.log(Upid.parse(request.upid()), Boolean.TRUE.equals(request.follow()));
  }

  @Op(writes = true)
  void stopTask(TaskRequest request) {
    tasks.stop(Upid.parse(request.upid()));
  }
}
