package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.Comparator;
import java.util.List;

/** The guests that a call names in {@code vms}, or all that there are if it names none. */
public final class ManyGuests {
  private static final String NAMED = "vms";

  private ManyGuests() {}

  /** Those of them that exist, in the order in which they start. */
  public static List<Guest> of(Call call) {
    var named = call.params().list(NAMED);
    return call.world().guests().values().stream()
        .filter(guest -> named.isEmpty() || named.contains(String.valueOf(guest.vmid())))
        .sorted(Comparator.comparing(Guest::startupOrder).thenComparing(Guest::vmid))
        .toList();
  }

  /** Somebody may who may for each of the guests that he names, or for all that there are. */
  public static void check(Call call, String privilege) {
    var named = call.params().list(NAMED);
    if (named.isEmpty()) {
      call.rights().check("/", privilege);
    }
    named.forEach(vmid -> call.rights().check("/vms/" + vmid, privilege));
  }
}
