package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How many pass at once, and in which order. */
class LaneTest {
  private static void enter(Lane lane, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      lane.enter(false);
    }
  }

  @Test
  void it_halves_when_a_lock_is_lost_and_grows_when_all_pass_well() throws Exception {
    var lane = new Lane(8, 32);
    enter(lane, 8);
    lane.contended();
    assertThat(lane.width()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      lane.passed();
    }
    assertThat(lane.width()).isEqualTo(5);
  }

  @Test
  void who_finds_room_did_not_wait() throws Exception {
    var lane = new Lane(2, 2);
    assertThat(lane.enter(false)).isFalse();
    assertThat(lane.enter(true)).isFalse();
  }

  @Test
  void it_never_closes() throws Exception {
    var lane = new Lane(1, 4);
    enter(lane, 1);
    lane.contended();
    lane.contended();
    assertThat(lane.width()).isOne();
  }

  @Test
  void where_it_was_lost_it_is_tried_again_only_after_a_long_calm() throws Exception {
    var lane = new Lane(4, 32);
    enter(lane, 4);
    lane.contended(); // with four inside
    for (int i = 0; i < 2; i++) {
      lane.passed();
    }
    assertThat(lane.width()).isEqualTo(3);
    for (int i = 0; i < 59; i++) {
      lane.passed();
    }
    assertThat(lane.width()).isEqualTo(3);
    lane.passed();
    assertThat(lane.width()).isEqualTo(4);
  }

  @Test
  void who_waits_is_let_in_in_order_and_who_lost_a_lock_goes_first() throws Exception {
    var lane = new Lane(1, 1);
    enter(lane, 1);
    var order = Collections.synchronizedList(new ArrayList<String>());
    var threads = new ArrayList<Thread>();
    for (var name : List.of("a", "b", "again")) {
      var begun = new CountDownLatch(1);
      var thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      begun.countDown();
                      assertThat(lane.enter(name.equals("again"))).isTrue();
                      order.add(name);
                      lane.leave();
                    } catch (InterruptedException e) {
                      order.add("interrupted");
                    }
                  });
      begun.await();
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      threads.add(thread);
    }
    lane.leave();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(order).containsExactly("again", "a", "b");
  }

  @Test
  void who_is_stopped_while_waiting_leaves_no_gap() throws Exception {
    var lane = new Lane(1, 1);
    enter(lane, 1);
    var stopped = new CountDownLatch(1);
    var thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    lane.enter(false);
                  } catch (InterruptedException e) {
                    stopped.countDown();
                  }
                });
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    stopped.await();
    lane.leave();
    lane.enter(false); // would wait for ever if the stopped one had been let in
    assertThat(lane.width()).isOne();
  }
}
