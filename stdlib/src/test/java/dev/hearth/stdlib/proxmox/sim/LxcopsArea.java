package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** The same of containers. */
final class LxcopsArea implements Area {
  private static final String CT = "/nodes/pve/lxc/860";

  @Override
  public Map<String, Integer> alike() {
    return Map.of("lxcops", 30);
  }

  @Override
  public Map<Integer, String> notCompared() {
    return Map.of(
        5546, "rsync tells of files that a simulator does not unpack",
        5556, "rsync tells of files that a simulator does not unpack",
        5580, "was asked while the task that makes the template was at work",
        5583, "was asked while the task that makes the template was at work",
        5585, "the recorded server could open no terminals",
        5586, "figures over time are not conformance, says the recordings' README");
  }

  @Override
  public void prepare(Offstage stage) {
    stage.byHand(RecordedWorld::addTemplate);
    stage.post(
        "/nodes/pve/lxc",
        "vmid=860",
        "ostemplate=local:vztmpl/alpine-3.19-minimal_3.19.0_amd64.tar.zst",
        "hostname=rt860",
        "memory=128",
        "swap=512",
        "unprivileged=1",
        "rootfs=local:1",
        "net0=name=eth0,bridge=vmbr0,hwaddr=BC:24:11:07:BC:97,ip=dhcp");
  }

  @Override
  public void before(int number, Offstage stage) {
    switch (number) {
      case 5547 -> stage.delete("/nodes/pve/lxc/861");
      case 5562 -> stage.post(CT + "/status/start");
      case 5576 -> stage.settle();
      default -> {
        // nothing was done
      }
    }
  }
}
