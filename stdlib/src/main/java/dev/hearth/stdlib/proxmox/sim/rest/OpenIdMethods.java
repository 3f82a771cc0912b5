package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.List;

/** {@code /access/openid}: coming in by another's word. No provider is there to give it. */
public final class OpenIdMethods {
  private static final Param REDIRECT = Param.of(string().maxLength(255));

  private OpenIdMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/access/openid")
            .name("index")
            .allow(Check.anyUser())
            .answers(_ -> Directories.of("auth-url", "login")),
        ApiMethod.post("/access/openid/auth-url")
            .name("auth_url")
            .allow(Check.world())
            .param("realm", Param.of(AccessTypes.REALM))
            .param("redirect-url", REDIRECT)
            .answers(OpenIdMethods::address),
        ApiMethod.post("/access/openid/login")
            .name("login")
            .allow(Check.world())
            .param("code", Param.of(string().maxLength(4096)))
            .param("state", Param.of(string().maxLength(1024)))
            .param("redirect-url", REDIRECT)
            .answers(OpenIdMethods::enter));
  }

  private static Object address(Call call) {
    var name = call.params().text("realm");
    var realm = call.world().accounts().realms().get(name);
    if (realm == null) {
      throw Refusal.die("authentication domain '" + name + "' does not exist");
    }
    if (!realm.type().equals("openid")) {
      throw Refusal.die("wrong realm type (" + realm.type() + " != openid)");
    }
    throw Refusal.die("Request failed");
  }

  /** Whatever is wrong is not told, so that nobody learns which users there are. */
  private static Object enter(Call call) {
    throw Refusal.of(401, "authentication failure\n");
  }
}
