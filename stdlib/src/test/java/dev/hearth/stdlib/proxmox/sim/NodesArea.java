package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** Network, DNS, time, services and certificates of a node. */
final class NodesArea implements Area {
  @Override
  public Map<String, Integer> alike() {
    return Map.of("nodes", 158);
  }

  @Override
  public Map<Integer, String> notCompared() {
    return Map.ofEntries(
        Map.entry(1372, "of lines that are alike, diff keeps others by its heuristics"),
        Map.entry(1424, "the certificates were another machine's"),
        Map.entry(1440, "the certificates were another machine's"),
        Map.entry(1429, "systemctl was a stand-in of the lab's, with one description for all"),
        Map.entry(1452, "systemctl was a stand-in of the lab's, with one description for all"),
        Map.entry(1462, "the lab had no journal"),
        Map.entry(1463, "the lab had no journal"),
        Map.entry(1468, "the figures were another machine's"),
        Map.entry(1469, "the figures were another machine's"),
        Map.entry(1506, "the lab had no program to send mail, which ended its backups"),
        Map.entry(1507, "the lab had no program to send mail, which ended its backups"),
        Map.entry(1498, "the report was cut in the recording"));
  }

  @Override
  public void prepare(Offstage stage) {
    stage.byHand(
        world ->
            world
                .nodeFacts("pve", "hosts")
                .put("data", "127.0.0.1 localhost\n192.0.2.2 pve.pvelab.local pve\n"));
  }

  @Override
  public void before(int number, Offstage stage) {
    switch (number) {
      case 1375 -> stage.delete("/nodes/pve/network");
      case 1381 ->
          stage.put("/nodes/pve/dns", "search=pvelab.local", "dns1=10.0.0.1", "dns2=2001:DB8::53");
      case 1401 -> stage.put("/nodes/pve/config", "description=node note\nline 2");
      case 1406 -> stage.put("/nodes/pve/config", "startall-onboot-delay=5");
      case 1407 -> stage.put("/nodes/pve/config", "wakeonlan=BC:24:11:00:00:01");
      default -> {
        // nothing was done
      }
    }
  }
}
