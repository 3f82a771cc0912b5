package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Storages, what lies on them, and the jobs that save guests to them. */
final class StorageOps {
  private final ProxmoxConnection connection;
  private final Tasks tasks;
  private final Inventory inventory;
  private final Storages storages;
  private final Upload upload;

  StorageOps(
      ProxmoxConnection connection,
      Tasks tasks,
      Inventory inventory,
      Storages storages,
      Upload upload) {
    this.connection = connection;
    this.tasks = tasks;
    this.inventory = inventory;
    this.storages = storages;
    this.upload = upload;
  }

  /**
   * Something of one storage.
   *
   * @param method of a change
   * @param what the rest of the path, such as {@code [content, VOLID]}
   * @param awaited whether a task that a change begins is waited for; null for yes
   */
  record OfStorage(
      String storage,
      @Nullable String node,
      @Nullable String method,
      List<String> what,
      @Nullable ObjectNode params,
      @Nullable Boolean awaited) {}

  private ApiCall call(OfStorage request, String usual) {
    var node = inventory.nodeOfStorage(request.storage(), request.node());
    var path = ApiPath.of("nodes", node, "storage", request.storage()).then(request.what());
    return ApiCall.of(request.method() == null ? usual : request.method(), path, request.params());
  }

  @Op
  JsonNode readStorage(OfStorage request) {
    return connection.data(call(request, "GET").reading());
  }

  @Op(writes = true)
  JsonNode changeStorage(OfStorage request) {
    return tasks.run(call(request, "POST"), request.awaited());
  }

  record DownloadTo(String storage, @Nullable String node, Storages.Download file) {}

  @Op(writes = true)
  Storages.Stored download(DownloadTo request) {
    var node = inventory.nodeOfStorage(request.storage(), request.node());
    return storages.download(node, request.storage(), request.file());
  }

  record UploadTo(String storage, @Nullable String node, Upload.Request file) {}

  @Op(writes = true)
  Storages.Stored upload(UploadTo request, byte @Nullable [] beside) {
    var node = inventory.nodeOfStorage(request.storage(), request.node());
    return upload.store(node, request.storage(), request.file(), beside);
  }

  record Volume(String storage, @Nullable String node, String volid, @Nullable Boolean force) {}

  @Op
  boolean hasVolume(Volume request) {
    var node = inventory.nodeOfStorage(request.storage(), request.node());
    return storages.find(node, request.storage(), request.volid()).isPresent();
  }

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
}
