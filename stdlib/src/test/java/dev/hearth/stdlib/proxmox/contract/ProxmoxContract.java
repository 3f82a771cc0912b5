package dev.hearth.stdlib.proxmox.contract;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What any Proxmox must answer us: what was learned from a real one, in {@code *.contract} beside
 * this class. Each claim begins in a fresh world.
 */
abstract class ProxmoxContract {
  static final List<String> FILES =
      List.of(
          "wire.contract",
          "access.contract",
          "pools.contract",
          "cluster.contract",
          "nodes.contract",
          "storage.contract",
          "backups.contract",
          "tasks.contract",
          "vms.contract",
          "containers.contract");

  /** A Proxmox in which things have these names. */
  abstract Target open(Names names) throws Exception;

  @TestFactory
  Stream<DynamicTest> claims() {
    return FILES.stream().flatMap(file -> claims(file, Names.plain()));
  }

  final Stream<DynamicTest> claims(String file, Names names) {
    return Scenario.of(file).stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.claim(), () -> hold(scenario, names)));
  }

  final void hold(Scenario scenario, Names names) throws Exception {
    try (var target = open(names)) {
      new Judge(target, names).hold(scenario);
    }
  }
}
