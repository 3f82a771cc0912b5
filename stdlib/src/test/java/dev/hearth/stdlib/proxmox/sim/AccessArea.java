package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.stdlib.proxmox.sim.access.Token;
import java.util.Map;

/** Users, groups, tokens, roles, ACLs, permissions and realms. */
final class AccessArea implements Area {
  private static final String USER = "/access/users/a1@pve";

  @Override
  public Map<String, Integer> alike() {
    return Map.of("access", 211);
  }

  @Override
  public void prepare(Offstage stage) {
    token(stage, "deploy@pve", "tmp", new Token("secret-of-tmp", false, 1000, null));
  }

  private static void token(Offstage stage, String userid, String name, Token token) {
    stage.byHand(
        world ->
            java.util.Objects.requireNonNull(world.accounts().users().get(userid), userid)
                .tokens()
                .put(name, token));
  }

  @Override
  public void before(int number, Offstage stage) {
    switch (number) {
      case 725 -> {
        stage.delete("/access/users/bob@nowhere");
        stage.delete("/access/users/a9@pve");
      }
      case 741 -> stage.put("/access/users/root@pam", "comment=");
      case 755, 765 -> stage.put(USER, "groups=grp1,grp2");
      case 760 -> stage.put(USER, "groups=");
      case 782 -> stage.post(USER + "/token/t1", "comment=first");
      case 791 -> stage.post(USER + "/token/self");
      case 848 -> stage.put("/access/roles/LabRole", "privs=VM.Audit,VM.PowerMgmt");
      case 858 -> acl(stage, "/vms/892", "LabRole");
      case 860 -> {
        acl(stage, "/sdn/zones/localnetwork", "PVESDNUser");
        acl(stage, "/sdn/zones/localnetwork/vmbr0/50", "PVESDNUser");
      }
      case 865 -> acl(stage, "/vms/895", "NoAccess");
      default -> {
        // nothing was done
      }
    }
  }

  private static void acl(Offstage stage, String path, String role) {
    stage.put("/access/acl", "path=" + path, "users=a1@pve", "roles=" + role);
  }
}
