package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.OpContext.Log.Level;
import dev.hearth.stdlib.proxmox.Templates.Plan;
import dev.hearth.stdlib.proxmox.Templates.Vm;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All steps of a template in one call, which leaves nothing behind when one of them fails. */
final class TemplateBuild {
  private final ProxmoxConnection connection;
  private final Tasks tasks;
  private final Templates templates;

  TemplateBuild(ProxmoxConnection connection, Tasks tasks, Templates templates) {
    this.connection = connection;
    this.tasks = tasks;
    this.templates = templates;
  }

  /**
   * The template is there.
   *
   * @param changed whether it was built now
   * @param before the template that was there; null when there was none
   */
  record Ensured(boolean changed, long vmid, String node, @Nullable Vm before, Vm after) {}

  /** Builds the template unless it is there; one with another specification is an error. */
  Ensured ensure(String name, TemplateSpec spec) {
    Plan plan = templates.plan(name, spec);
    var existing = plan.existing();
    if (existing != null && !plan.differences().isEmpty()) {
      throw new HearthException(
              ProxmoxError.TEMPLATE_DIFFERS,
              name,
              existing.vmid(),
              String.join(", ", plan.differences()))
          .with("differences", plan.differences());
    }
    var vm = existing == null ? build(name, spec) : existing;
    return new Ensured(existing == null, vm.vmid(), vm.node(), existing, vm);
  }

  private Vm build(String name, TemplateSpec spec) {
    var image = templates.download(spec);
    Vm vm = null;
    try {
      vm = templates.create(name, spec);
      templates.configure(vm, spec);
      templates.resize(vm, spec);
      templates.convert(vm);
      return vm;
    } catch (HearthException e) {
      cleanUp(name, vm, image.changed() ? spec : null);
      throw e;
    }
  }

  /**
   * Takes back what this build made; a stopped run has its interrupt put off until that is done.
   */
  private void cleanUp(String name, @Nullable Vm vm, @Nullable TemplateSpec downloaded) {
    boolean interrupted = Thread.interrupted();
    try {
      if (vm != null) {
        templates.remove(name, vm);
      }
      if (downloaded != null) {
        new Storages(connection, tasks)
            .delete(downloaded.onNode(), downloaded.images(), downloaded.imageVolume());
      }
    } catch (HearthException e) {
      connection
          .log()
          .write(Level.WARN, "could not clean up: " + e.sentence(), Map.of("template", name));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
