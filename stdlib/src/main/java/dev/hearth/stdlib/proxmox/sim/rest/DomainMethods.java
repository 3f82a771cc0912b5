package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;

/** {@code /access/domains}, as far as it can be read. */
public final class DomainMethods {
  private DomainMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/access/domains")
            .name("index")
            .allow(Check.world())
            .answers(DomainMethods::list),
        ApiMethod.get("/access/domains/{realm}")
            .name("read")
            .allow(Check.permAny("/access/realm", "Realm.Allocate", "Sys.Audit"))
            .param("realm", Param.of(AccessTypes.REALM))
            .answers(DomainMethods::read));
  }

  private static Object list(Call call) {
    var entries = new ArrayList<Item>();
    call.world()
        .accounts()
        .realms()
        .forEach(
            (name, realm) ->
                entries.add(
                    Item.of("realm", name)
                        .with("type", realm.type())
                        .withKnown("comment", realm.comment())));
    return entries;
  }

  private static Object read(Call call) {
    var realms = call.world().accounts().realms();
    var name = call.params().text("realm");
    var realm = realms.get(name);
    if (realm == null) {
      throw Refusal.die("domain '" + name + "' does not exist");
    }
    return Item.of("type", realm.type())
        .withKnown("comment", realm.comment())
        .with("digest", Digests.sha1(realms.toString()));
  }
}
