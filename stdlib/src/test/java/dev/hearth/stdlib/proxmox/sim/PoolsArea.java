package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** Resource pools. */
final class PoolsArea implements Area {
  @Override
  public Map<String, Integer> alike() {
    return Map.of("pools", 38);
  }

  @Override
  public Map<Integer, String> notCompared() {
    var unfilled = "the node had not yet told the cluster of a VM that was made a second before";
    return Map.of(1023, unfilled, 1030, unfilled);
  }

  @Override
  public void prepare(Offstage stage) {
    stage.post("/nodes/pve/qemu", "vmid=820", "name=poolvm", "memory=64");
  }

  @Override
  public void before(int number, Offstage stage) {
    switch (number) {
      case 1004 -> stage.post("/pools", "poolid=p1", "comment=first");
      case 1034 -> stage.put("/pools", "poolid=labpool", "vms=820", "delete=1");
      case 1053 -> stage.delete("/pools?poolid=p1");
      case 1057 -> {
        stage.post("/pools", "poolid=p2");
        stage.put("/pools", "poolid=p2", "vms=820");
      }
      default -> {
        // nothing was done
      }
    }
  }
}
