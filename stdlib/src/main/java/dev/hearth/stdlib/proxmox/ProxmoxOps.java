package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.spi.OpParts;

/** What recipes can do with a Proxmox VE. Every operation blocks; the runtime gives it a worker. */
final class ProxmoxOps {
  private ProxmoxOps() {}

  /**
   * All that is done over a connection, an area each.
   *
   * @param files what the recipe itself may read, for uploads
   */
  static OpParts over(ProxmoxConnection connection, SchemaSource schemas, Files files) {
    var tasks = new Tasks(connection);
    var guests = new Guests(connection, tasks);
    var vms = guests.inventory(GuestType.VM);
    var storages = new Storages(connection, tasks);
    var upload = new Upload(connection, tasks, storages, files);
    return OpParts.of(
        new ApiOps(connection, tasks, schemas),
        new TaskOps(tasks),
        new GuestOps(connection, tasks, guests),
        new AgentOps(connection, vms),
        new ConsoleOps(connection, guests),
        new StorageOps(connection, tasks, vms, storages, upload),
        new AccessOps(connection),
        new TemplateOps(connection, tasks, storages, guests));
  }
}
