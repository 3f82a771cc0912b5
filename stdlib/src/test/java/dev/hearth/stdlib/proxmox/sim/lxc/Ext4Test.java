package dev.hearth.stdlib.proxmox.sim.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class Ext4Test {
  private static final long GIB = 1L << 30;

  @Test
  void a_container_sees_of_its_disk_what_a_real_one_saw() {
    assertThat(new Ext4(GIB).usableBytes()).isEqualTo(1_020_702_720);
    assertThat(new Ext4(2 * GIB).usableBytes()).isEqualTo(2_040_373_248);
  }

  @Test
  void what_mke2fs_prints_is_broken_into_lines_where_it_breaks_them() {
    var log = new ArrayList<String>();

    new Ext4(32 * GIB).make("UUID", log::add);

    assertThat(log)
        .containsExactly(
            "Creating filesystem with 8388608 4k blocks and 2097152 inodes",
            "Filesystem UUID: UUID",
            "Superblock backups stored on blocks: ",
            "\t32768, 98304, 163840, 229376, 294912, 819200, 884736, 1605632, 2654208, ",
            "\t4096000, 7962624");
  }
}
