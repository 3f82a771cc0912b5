package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.spi.Op;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code hearth:templates} is made of: work on VMs that bear Hearth's mark, and on files that
 * a run brought, which must not be cut off half-way.
 */
final class TemplateOps {
  private final TemplateVersions versions;
  private final Preflight preflight;
  private final RunImages images;
  private final MarkedVms marked;
  private final TemplateSwap swap;

  TemplateOps(ProxmoxConnection connection, Tasks tasks, Storages storages, Guests guests) {
    var locks = new NamedLocks();
    this.versions = new TemplateVersions(connection, tasks);
    this.preflight = new Preflight(connection);
    this.images = new RunImages(tasks, storages, locks);
    this.marked = new MarkedVms(connection, tasks, locks);
    this.swap = new TemplateSwap(marked, guests.work(GuestType.VM), locks);
  }

  private static ObjectNode given(@Nullable ObjectNode options) {
    return options == null ? JsonNodeFactory.instance.objectNode() : options;
  }

  record OfVersions(String name, @Nullable String node) {}

  @Op
  List<TemplateVersions.Version> templateVersions(OfVersions request) {
    return versions.of(request.name(), request.node());
  }

  @Op
  List<TemplateVersions.Version> allTemplates() {
    return versions.all();
  }

  @Op
  List<TemplateVersions.Version> unfinishedVms() {
    return versions.unfinished();
  }

  record Compared(@Nullable ObjectNode config, @Nullable ObjectNode wanted) {}

  /** What is otherwise in a configuration than wanted; asks nobody. */
  @Op
  List<TemplateOptions.Change> compareOptions(Compared request) {
    return TemplateOptions.changes(given(request.config()), given(request.wanted()));
  }

  @Op
  Map<String, JsonNode> preflight(Preflight.Needs request) {
    return preflight.check(request);
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
  void changeMarkedVm(MarkedVms.Change request) {
    marked.change(request);
  }

  record Restored(VmPlace vm, String name, @Nullable ObjectNode before) {}

  @Op(writes = true)
  void restoreMarkedVm(Restored request) {
    marked.restore(request.vm(), request.name(), given(request.before()));
  }

  record Removal(String name, VmPlace vm) {}

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
