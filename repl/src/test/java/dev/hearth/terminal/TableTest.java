package dev.hearth.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables for which there is little room. */
class TableTest {
  private static final String ID = "20261125-173257-hp3k";

  private static String runs(int room) {
    return new Table(
            List.of(
                Table.Column.left("run").whole(),
                Table.Column.left("recipe"),
                Table.Column.right("took").whole(),
                Table.Column.left("error")))
        .row(ID, "recipes/proxmox/template-of-a-long-name.js", "1m 12s", "proxmox.storage-full")
        .text(TestScreens.terminal(room));
  }

  @Test
  void what_is_shown_whole_is_never_cut_others_are() {
    assertThat(runs(74))
        .isEqualTo(
            """
            run                   recipe                    took  error
            20261125-173257-hp3k  recipes/proxmox/templ…  1m 12s  proxmox.storage-full
            """);
  }

  @Test
  void a_key_stays_whole_where_there_is_no_room_for_it() {
    for (var room = 1; room < 100; room++) {
      assertThat(runs(room)).as("%s cells", room).contains(ID);
    }
    assertThat(runs(16)).contains("not shown for want of room: recipe, took, error");
  }
}
