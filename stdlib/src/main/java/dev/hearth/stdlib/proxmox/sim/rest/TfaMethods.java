package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.rest.AccessChecks.Groups;
import java.util.List;

/** {@code /access/tfa}, as far as it can be read: nobody here has a second factor. */
public final class TfaMethods {
  private static final Check READ =
      Check.or(
          AccessChecks.self(), AccessChecks.onGroups(Groups.IGNORED, "User.Modify", "Sys.Audit"));

  private TfaMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/access/tfa")
            .name("list_tfa")
            .allow(Check.anyUser())
            .answers(call -> List.of()),
        ApiMethod.get("/access/tfa/{userid}")
            .name("list_user_tfa")
            .allow(READ)
            .param("userid", Param.of(AccessTypes.USERID))
            .answers(call -> List.of()),
        ApiMethod.get("/access/tfa/{userid}/{id}")
            .name("get_tfa_entry")
            .allow(READ)
            .param("userid", Param.of(AccessTypes.USERID))
            .param("id", Param.of(string()))
            .answers(
                call -> {
                  var params = call.params();
                  throw Refusal.parameter(
                      "id",
                      "no such tfa entry '"
                          + params.text("id")
                          + "' for user '"
                          + params.text("userid")
                          + "'");
                }),
        ApiMethod.get("/access/users/{userid}/tfa")
            .name("read_user_tfa_type")
            .allow(READ)
            .param("userid", Param.of(AccessTypes.USERID))
            .param("multiple", Param.optional(bool().orElse("0")))
            .answers(
                call -> call.params().flag("multiple") ? Item.of("types", List.of()) : new Item()),
        ApiMethod.put("/access/users/{userid}/unlock-tfa")
            .name("unlock_tfa")
            .allow(AccessChecks.onGroups(Groups.IGNORED, "User.Modify"))
            .param("userid", Param.of(AccessTypes.USERID))
            .answers(call -> 0));
  }
}
