package dev.hearth.stdlib.proxmox.contract;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulator keeps the contract, whatever things are called. */
class SimulatedProxmoxTest extends ProxmoxContract {
  private static final int OTHER_WORLDS = 5;

  @Override
  Target open(Names names) {
    return new SimulatedTarget(names);
  }

  @TestFactory
  Stream<DynamicTest> other_names_are_answered_alike() {
    return LongStream.rangeClosed(1, OTHER_WORLDS)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "world " + seed,
                    () -> {
                      var names = Names.random(seed);
                      for (var file : FILES) {
                        for (var scenario : Scenario.of(file)) {
                          hold(scenario, names);
                        }
                      }
                    }));
  }
}
