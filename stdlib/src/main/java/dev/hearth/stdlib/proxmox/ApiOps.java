package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import dev.hearth.stdlib.proxmox.schema.ServerSchema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Any path of the API: the raw door, what most handles are made with, and what is known of it. */
final class ApiOps {
  private final ProxmoxConnection connection;
  private final Tasks tasks;
  private final SchemaSource schemas;

  ApiOps(ProxmoxConnection connection, Tasks tasks, SchemaSource schemas) {
    this.connection = connection;
    this.tasks = tasks;
    this.schemas = schemas;
  }

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
      return ApiCall.of(method == null ? usual : method, where, params);
    }
  }

  @Op
  JsonNode read(Raw request) {
    var call = request.call("GET").reading();
    // Without parameters there is next to nothing to check, and a schema to ask for.
    return connection.data(call.params().isEmpty() ? call : schemas.checked(call));
  }

  @Op(writes = true)
  JsonNode change(Raw request) {
    return connection.data(schemas.checked(request.call("POST")));
  }

  /**
   * Something of one node.
   *
   * @param what the part of the path after it
   */
  record OfNode(String node, String what, @Nullable ObjectNode params) {}

  @Op
  JsonNode readNode(OfNode request) {
    var path = ApiPath.of("nodes", request.node(), request.what());
    return connection.data(ApiCall.of("GET", path, request.params()));
  }

  /**
   * A change by its path, done to its end.
   *
   * @param awaited whether a task that it begins is waited for; null for yes
   */
  record Work(
      String method,
      List<String> segments,
      @Nullable ObjectNode params,
      @Nullable Boolean awaited) {}

  @Op(writes = true)
  JsonNode work(Work request) {
    var path = new ApiPath(request.segments());
    return tasks.run(ApiCall.of(request.method(), path, request.params()), request.awaited());
  }

  record Below(List<String> segments) {}

  /** What the server tells of a path; nothing where it tells nothing. */
  @Op
  ServerSchema.Below apiBelow(Below request) {
    return schemas
        .schema()
        .map(schema -> schema.below(request.segments()))
        .orElseGet(() -> new ServerSchema.Below(List.of(), List.of()));
  }

  /** Calls whose rights are asked for. */
  record Calls(@Nullable List<Raw> calls) {}

  /** The privileges that these calls need, by path. */
  @Op
  List<NeededRights.Needed> rightsFor(Calls request) {
    var schema =
        schemas
            .schema()
            .orElseThrow(
                () -> new HearthException(ProxmoxError.SCHEMA_MISSING, connection.place()));
    var calls = request.calls() == null ? List.<Raw>of() : request.calls();
    return new NeededRights(schema, ServerVersion.of(connection).major())
        .of(calls.stream().filter(Objects::nonNull).map(call -> call.call("GET")).toList());
  }
}
