package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.spi.Op;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks, by their UPID. */
final class TaskOps {
  private final Tasks tasks;

  TaskOps(Tasks tasks) {
    this.tasks = tasks;
  }

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
