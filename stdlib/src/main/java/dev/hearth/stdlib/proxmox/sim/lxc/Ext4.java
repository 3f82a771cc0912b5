package dev.hearth.stdlib.proxmox.sim.lxc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The file system that a container's volume gets: how mke2fs lays it out.
 *
 * @param bytes the size of the volume
 */
record Ext4(long bytes) {
  private static final long BLOCK_BYTES = 4096;
  private static final long BLOCKS_PER_GROUP = 32_768;
  private static final long BYTES_PER_INODE = 16_384;
  private static final long INODE_BYTES = 256;
  private static final long DESCRIPTORS_PER_BLOCK = 64;
  private static final long GROWTH = 1024;
  private static final int LINE = 72;

  long blocks() {
    return bytes / BLOCK_BYTES;
  }

  private long groups() {
    return (blocks() + BLOCKS_PER_GROUP - 1) / BLOCKS_PER_GROUP;
  }

  private long inodes() {
    return bytes / BYTES_PER_INODE;
  }

  /** Writes what mke2fs prints. */
  void make(String uuid, Consumer<String> log) {
    log.accept("Creating filesystem with " + blocks() + " 4k blocks and " + inodes() + " inodes");
    log.accept("Filesystem UUID: " + uuid);
    log.accept("Superblock backups stored on blocks: ");
    var line = new StringBuilder("\t");
    var left = LINE;
    var isFirst = true;
    for (var block : backups()) {
      if (!isFirst) {
        line.append(", ");
      }
      isFirst = false;
      var need = String.valueOf(block).length() + 2;
      if (need > left) {
        log.accept(line.toString());
        line = new StringBuilder("\t");
        left = LINE;
      }
      left -= need;
      line.append(block);
    }
    log.accept(line.toString());
  }

  /** The blocks with copies of the superblock: of the groups 1 and all powers of 3, 5 and 7. */
  private List<Long> backups() {
    var found = new ArrayList<Long>();
    for (long group = 1; group < groups(); group++) {
      if (group == 1 || isPower(group, 3) || isPower(group, 5) || isPower(group, 7)) {
        found.add(group * BLOCKS_PER_GROUP);
      }
    }
    return found;
  }

  private static boolean isPower(long number, long base) {
    long power = base;
    while (power < number) {
      power *= base;
    }
    return power == number;
  }

  /** What a container sees as the size of its disk: all but the file system's own tables. */
  long usableBytes() {
    long descriptors = ceil(groups(), DESCRIPTORS_PER_BLOCK);
    long reserved = Math.min(ceil(groups() * GROWTH, DESCRIPTORS_PER_BLOCK), 1024) - descriptors;
    long copies = backups().size() + 1L;
    long tables = copies * (1 + descriptors + reserved) + groups() * 2;
    long nodes = inodes() * INODE_BYTES / BLOCK_BYTES;
    return Math.max(0, (blocks() - tables - nodes - journal()) * BLOCK_BYTES);
  }

  private long journal() {
    long[][] sizes = {
      {32_768, 1024},
      {262_144, 4096},
      {524_288, 8192},
      {4_194_304, 16_384},
      {8_388_608, 32_768},
      {16_777_216, 65_536},
      {33_554_432, 131_072}
    };
    for (var size : sizes) {
      if (blocks() < size[0]) {
        return size[1];
      }
    }
    return 262_144;
  }

  private static long ceil(long number, long by) {
    return (number + by - 1) / by;
  }
}
