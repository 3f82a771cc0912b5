package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;
import dev.hearth.stdlib.proxmox.schema.ServerSchema;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What recipes can do with a Proxmox VE. Every method blocks; the runtime gives it a worker. */
final class ProxmoxOps {
  private final ProxmoxConnection connection;
  private final Tasks tasks;
  private final Inventory inventory;
  private final Vms vms;
  private final Inventory containerInventory;
  private final Vms containers;
  private final GuestEnsure ensureVm;
  private final GuestEnsure ensureContainer;
  private final Storages storages;
  private final Upload upload;
  private final TemplateVersions versions;
  private final Preflight preflight;
  private final RunImages images;
  private final MarkedVms marked;
  private final TemplateSwap swap;
  private final SchemaSource schemas;

  /**
   * What is done over a connection.
   *
   * @param files what the recipe itself may read, for uploads
   */
  ProxmoxOps(ProxmoxConnection connection, SchemaSource schemas, Files files) {
    this.connection = connection;
    this.schemas = schemas;
    this.tasks = new Tasks(connection);
    this.inventory = new Inventory(connection);
    this.vms = new Vms(connection, tasks);
    this.containerInventory = new Inventory(connection, GuestType.CONTAINER);
    this.containers = new Vms(connection, tasks, GuestType.CONTAINER);
    this.ensureVm = new GuestEnsure(connection, tasks, inventory, vms, GuestType.VM);
    this.ensureContainer =
        new GuestEnsure(connection, tasks, containerInventory, containers, GuestType.CONTAINER);
    this.storages = new Storages(connection, tasks);
    this.upload = new Upload(connection, tasks, storages, files);
    this.versions = new TemplateVersions(connection, tasks);
    this.preflight = new Preflight(connection);
    var locks = new NamedLocks();
    this.images = new RunImages(tasks, storages, locks);
    this.marked = new MarkedVms(connection, tasks, locks);
    this.swap = new TemplateSwap(marked, vms, locks);
  }

  private Inventory inventory(@Nullable GuestType type) {
    return type == GuestType.CONTAINER ? containerInventory : inventory;
  }

  private Vms vms(@Nullable GuestType type) {
    return type == GuestType.CONTAINER ? containers : vms;
  }

  /** Work to its end, or the id of its task when nobody waits. */
  private JsonNode work(ApiCall call, @Nullable Boolean awaited) {
    return Boolean.FALSE.equals(awaited) ? connection.data(call) : tasks.run(call);
  }

  private static ObjectNode given(@Nullable ObjectNode params) {
    return params == null ? JsonNodeFactory.instance.objectNode() : params;
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
    var call = reading(request.call("GET"));
    // Without parameters there is next to nothing to check, and a schema to ask for.
    return connection.data(call.params().isEmpty() ? call : schemas.checked(call));
  }

  /** A read stays one, whatever method the recipe names. */
  private static ApiCall reading(ApiCall call) {
    return new ApiCall("GET", call.path(), call.params());
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
    return connection.data(new ApiCall("GET", path, given(request.params())));
  }

  @Op(writes = true)
  JsonNode change(Raw request) {
    return connection.data(schemas.checked(request.call("POST")));
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
    return work(new ApiCall(request.method(), path, given(request.params())), request.awaited());
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
    var version = connection.data(ApiCall.get("version")).path("version").asText("8");
    var calls = request.calls() == null ? List.<Raw>of() : request.calls();
    return new NeededRights(schema, Integer.parseInt(version.replaceAll("\\D.*", "")))
        .of(calls.stream().filter(Objects::nonNull).map(call -> call.call("GET")).toList());
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

  // ---- VMs and containers ----------------------------------------------------------------------

  record Guests(@Nullable GuestType type) {}

  record VmByName(@Nullable GuestType type, String name) {}

  @Op
  List<JsonNode> listVms(Guests request) {
    return inventory(request.type()).vms();
  }

  /** The VM, or null; an empty Optional is null to JavaScript. */
  @Op
  Optional<JsonNode> findVm(VmByName request) {
    return inventory(request.type()).vm(request.name());
  }

  @Op
  JsonNode getVm(VmByName request) {
    return inventory(request.type())
        .vm(request.name())
        .orElseThrow(
            () -> new HearthException(GuestType.of(request.type()).nameNotFound(), request.name()));
  }

  @Op
  long nextId() {
    return vms.nextId();
  }

  record CreateVm(
      @Nullable GuestType type,
      String node,
      @Nullable Long vmid,
      @Nullable ObjectNode params,
      @Nullable Boolean awaited) {}

  @Op(writes = true)
  Vms.Made createVm(CreateVm request) {
    var call =
        ApiCall.post("nodes", request.node(), GuestType.of(request.type()).word())
            .with(given(request.params()));
    return vms(request.type())
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
    var node = inventory(request.type()).nodeOf(request.vmid(), request.node());
    var guests = vms(request.type());
    var call = guests.call("POST", request.vmid(), node, List.of("clone"), given(request.params()));
    return guests.make(
        request.newid(),
        call.params().path("target").asText(node),
        newid -> call.with(params -> params.put("newid", newid)),
        !Boolean.FALSE.equals(request.awaited()));
  }

  /**
   * What a VM or container is to be.
   *
   * @param reboot whether it may be rebooted for what it does not take while it runs
   */
  record Wanted(@Nullable GuestType type, @Nullable ObjectNode spec, @Nullable Boolean reboot) {}

  private GuestEnsure ensuring(@Nullable GuestType type) {
    return type == GuestType.CONTAINER ? ensureContainer : ensureVm;
  }

  @Op
  GuestPlan planGuest(Wanted request) {
    return ensuring(request.type()).plan(given(request.spec()));
  }

  @Op(writes = true)
  GuestPlan ensureGuest(Wanted request) {
    return ensuring(request.type())
        .ensure(given(request.spec()), Boolean.TRUE.equals(request.reboot()));
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
    var node = inventory(request.type()).nodeOf(request.vmid(), request.node());
    var method = request.method() == null ? usual : request.method();
    return vms(request.type())
        .call(method, request.vmid(), node, request.what(), given(request.params()));
  }

  @Op
  JsonNode readVm(OfVm request) {
    return connection.data(reading(call(request, "GET")));
  }

  @Op(writes = true)
  JsonNode changeVm(OfVm request) {
    return work(call(request, "POST"), request.awaited());
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
    var node = inventory(request.type()).nodeOf(request.vmid(), request.node());
    return work(
        vms(request.type()).resize(request.vmid(), node, request.disk(), request.size()),
        request.awaited());
  }

  /** Makes a template of a container: Proxmox does not say which task does it. */
  @Op(writes = true)
  void convertContainer(OfVm request) {
    var node = containerInventory.nodeOf(request.vmid(), request.node());
    connection.data(
        containers.call("POST", request.vmid(), node, List.of("template"), given(null)));
    tasks.awaitLatest(node, "vztemplate", request.vmid());
  }

  record Exec(
      @JsonDeserialize(using = VmidReader.class) long vmid,
      @Nullable String node,
      List<String> command,
      @Nullable String input,
      Duration timeout) {}

  @Op(writes = true)
  JsonNode execInVm(Exec request) {
    var node = inventory.nodeOf(request.vmid(), request.node());
    var command = new GuestAgent.Command(request.command(), request.input(), request.timeout());
    return new GuestAgent(connection).exec(request.vmid(), node, command);
  }

  /** A file inside a VM. */
  record GuestFile(
      @JsonDeserialize(using = VmidReader.class) long vmid,
      @Nullable String node,
      String path,
      @Nullable String text) {}

  @Op
  String readTextInVm(GuestFile request) {
    return new String(readBytesInVm(request), StandardCharsets.UTF_8);
  }

  @Op
  byte[] readBytesInVm(GuestFile request) {
    var node = inventory.nodeOf(request.vmid(), request.node());
    return new GuestFiles(connection, request.vmid(), node).read(request.path());
  }

  @Op(writes = true)
  void writeInVm(GuestFile request, byte @Nullable [] beside) {
    var node = inventory.nodeOf(request.vmid(), request.node());
    var text = request.text() == null ? "" : request.text();
    var bytes = beside == null ? text.getBytes(StandardCharsets.UTF_8) : beside;
    new GuestFiles(connection, request.vmid(), node).write(request.path(), bytes);
  }

  // ---- Storages --------------------------------------------------------------------------------

  record OfStorage(
      String storage, @Nullable String node, List<String> what, @Nullable ObjectNode params) {}

  @Op
  JsonNode readStorage(OfStorage request) {
    var node = inventory.nodeOfStorage(request.storage(), request.node());
    var path = ApiPath.of("nodes", node, "storage", request.storage());
    for (var segment : request.what()) {
      path = path.then(segment);
    }
    return connection.data(new ApiCall("GET", path, given(request.params())));
  }

  record DownloadTo(String storage, @Nullable String node, Storages.Download file) {}

  @Op(writes = true)
  Storages.Stored download(DownloadTo request) {
    var node = inventory.nodeOfStorage(request.storage(), request.node());
    return storages.download(node, request.storage(), request.file());
  }

  record UploadTo(String storage, @Nullable String node, Upload.Request file) {}

  @Op(writes = true)
  Storages.Stored upload(UploadTo request) {
    var node = inventory.nodeOfStorage(request.storage(), request.node());
    return upload.store(node, request.storage(), request.file());
  }

  /**
   * Something to be changed on a storage.
   *
   * @param what the rest of the path, such as {@code [content, VOLID]}
   */
  record OnStorage(
      String storage,
      @Nullable String node,
      String method,
      List<String> what,
      @Nullable ObjectNode params,
      @Nullable Boolean awaited) {}

  @Op(writes = true)
  JsonNode changeStorage(OnStorage request) {
    var node = inventory.nodeOfStorage(request.storage(), request.node());
    var path = ApiPath.of("nodes", node, "storage", request.storage());
    for (var segment : request.what()) {
      path = path.then(segment);
    }
    return work(new ApiCall(request.method(), path, given(request.params())), request.awaited());
  }

  record Volume(String storage, @Nullable String node, String volid, @Nullable Boolean force) {}

  /** Deletes a volume that no guest names; says whether it was there. */
  @Op(writes = true)
  boolean deleteVolume(Volume request) {
    var node = inventory.nodeOfStorage(request.storage(), request.node());
    if (!Boolean.TRUE.equals(request.force())) {
      new Usage(connection).checkVolume(request.volid());
    }
    return storages.delete(node, request.storage(), request.volid());
  }

  record BackupJob(String id) {}

  @Op
  JsonNode readBackupJob(BackupJob request) {
    return connection
        .data(ApiCall.get("cluster", "backup"))
        .valueStream()
        .filter(job -> job.path("id").asText().equals(request.id()))
        .findFirst()
        .orElseThrow(() -> new HearthException(ProxmoxError.BACKUP_JOB_NOT_FOUND, request.id()));
  }

  // ---- Who may do what -------------------------------------------------------------------------

  record NewToken(String userid, String tokenid, @Nullable ObjectNode params) {}

  /** Makes a token. Its secret, in the form in which a connection takes it, is told only here. */
  @Op(writes = true)
  Secret createToken(NewToken request) {
    var path = ApiPath.of("access", "users", request.userid(), "token", request.tokenid());
    var made = connection.data(new ApiCall("POST", path, given(request.params())));
    return Secret.of(made.path("full-tokenid").asText() + "=" + made.path("value").asText());
  }

  /**
   * What a token may do at this Proxmox.
   *
   * @param secret {@code USER@REALM!TOKENID=UUID}
   */
  record Proof(String secret) {}

  /** Comes in with a token; tells what it may do, so that it is known to work. */
  @Op
  JsonNode proveToken(Proof request) {
    return connection.as(Secret.of(request.secret())).data(ApiCall.get("access", "permissions"));
  }

  /**
   * Something to be deleted.
   *
   * @param secret the token with which it is done, in place of the connection's own credentials
   */
  record Deletion(Usage.Kind kind, String id, @Nullable Boolean force, @Nullable String secret) {}

  /** Deletes what nobody uses; says whether it was there. */
  @Op(writes = true)
  boolean deleteUnlessUsed(Deletion request) {
    var secret = request.secret();
    return new Usage(secret == null ? connection : connection.as(Secret.of(secret)))
        .delete(request.kind(), request.id(), Boolean.TRUE.equals(request.force()));
  }

  // ---- Templates: what hearth:templates is made of ----------------------------------------------

  record OfVersions(String name, @Nullable String node) {}

  record Compared(@Nullable ObjectNode config, @Nullable ObjectNode wanted) {}

  record Restored(VmPlace vm, String name, @Nullable ObjectNode before) {}

  record Removal(String name, VmPlace vm) {}

  @Op
  List<TemplateVersions.Version> templateVersions(OfVersions request) {
    return versions.of(request.name(), request.node());
  }

  @Op
  List<TemplateVersions.Version> allTemplates() {
    return versions.all();
  }

  /** What is otherwise in a configuration than wanted; asks nobody. */
  @Op
  List<TemplateOptions.Change> compareOptions(Compared request) {
    return TemplateOptions.changes(given(request.config()), given(request.wanted()));
  }

  @Op
  Map<String, JsonNode> preflight(Preflight.Needs request) {
    return preflight.check(request);
  }

  @Op
  boolean hasVolume(Volume request) {
    var node = inventory.nodeOfStorage(request.storage(), request.node());
    return storages.find(node, request.storage(), request.volid()).isPresent();
  }

  @Op(writes = true)
  Storages.Stored bringImage(RunImages.Image request) {
    return images.bring(request);
  }

  @Op(writes = true)
  Optional<Storages.Stored> findImage(RunImages.Image request) {
    return images.find(request);
  }

  @Op(writes = true)
  void discardImage(RunImages.Image request) {
    images.discard(request);
  }

  @Op(writes = true)
  VmPlace makeMarkedVm(MarkedVms.Making request) {
    return marked.make(request);
  }

  @Op(writes = true)
  Optional<VmPlace> findMarkedVm(MarkedVms.Built request) {
    return marked.find(request);
  }

  @Op(writes = true)
  void discardMarkedVm(MarkedVms.Built request) {
    marked.discard(request);
  }

  @Op(writes = true)
  JsonNode changeMarkedVm(MarkedVms.Change request) {
    return marked.change(request);
  }

  @Op(writes = true)
  void restoreMarkedVm(Restored request) {
    marked.restore(request.vm(), request.name(), given(request.before()));
  }

  @Op(writes = true)
  boolean removeMarkedVm(Removal request) {
    return marked.remove(request.name(), request.vm());
  }

  @Op(writes = true)
  void swapTemplates(TemplateSwap.Swap request) {
    swap.forward(request);
  }

  @Op(writes = true)
  void swapTemplatesBack(TemplateSwap.Swap request) {
    swap.back(request);
  }
}
