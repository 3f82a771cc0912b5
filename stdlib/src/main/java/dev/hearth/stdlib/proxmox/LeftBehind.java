package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import java.util.function.Supplier;

/**
 * Something that could not be taken back.
 *
 * @param what it is, as a sentence begins: {@code VM 100 (`debian-13`)}
 * @param node where it is
 * @param command what root types on that node to be rid of it, or to look for it
 */
record LeftBehind(String what, String node, String command) {
  static LeftBehind vm(VmPlace vm, String name) {
    return new LeftBehind(
        "VM " + vm.vmid() + " (`" + name + "`)",
        vm.node(),
        "qm destroy " + vm.vmid() + " --purge --destroy-unreferenced-disks");
  }

  static LeftBehind unknownVm(String name, String node) {
    return new LeftBehind("A VM named `" + name + "`", node, "qm list | grep -w " + name);
  }

  static LeftBehind volume(String volid, String node) {
    return new LeftBehind("The volume `" + volid + "`", node, "pvesm free " + volid);
  }

  static LeftBehind change(VmPlace vm, String name, Iterable<String> keys) {
    return new LeftBehind(
        "A change of " + String.join(", ", keys) + " of VM " + vm.vmid() + " (`" + name + "`)",
        vm.node(),
        "qm config " + vm.vmid());
  }

  /** Takes it back; when that fails, the error says what is left and what to type. */
  void unless(Runnable takenBack) {
    try {
      takenBack.run();
    } catch (HearthException e) {
      if (e.code() == ProxmoxError.LEFT_BEHIND) {
        throw e; // which says more precisely what
      }
      throw new HearthException(ProxmoxError.LEFT_BEHIND, what, node, command)
          .with("because", e.sentence())
          .causedBy(e);
    }
  }

  /**
   * Does work; when it fails or is interrupted, takes back what it did; if that fails too, the hint
   * says what is left. The interrupt is put off until all is taken back.
   */
  static <T> T orTakeBack(Supplier<T> work, Runnable takeBack) {
    try {
      return work.get();
    } catch (HearthException e) {
      boolean interrupted = Thread.interrupted();
      try {
        takeBack.run();
      } catch (HearthException left) {
        throw e.with("leftBehind", left.sentence()).hint(left.sentence() + " " + left.hint());
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      throw e;
    }
  }
}
