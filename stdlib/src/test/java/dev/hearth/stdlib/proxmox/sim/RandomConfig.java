package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.stdlib.proxmox.config.ConfigKey;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values that a configuration key takes, by its declaration; the same ones for the same seed. */
final class RandomConfig {
  /** One of each sort that a format of Proxmox asks for. */
  private static final List<String> WORDS =
      ("web on off none host kvm64 qemu64 x86-64-v2-AES +aes;-pcid 40 custom-web"
              + " 0-3 0,2-3 1;4 0-1 bc:24:11:00:00:01 BC:24:11:AA:BB:CC vmbr0 eth0 veth7"
              + " dhcp auto manual 10.0.0.5/24 10.0.0.1 fd00::5/64 FD00:0::1 fe80::1 10;20;30-40"
              + " none cdrom"
              + " local:snippets/user.yaml order=2 up=30,down=5 3 network,disk usb,network,disk 0 1"
              + " order=scsi0;net0 scsi0 c cdn 1G 512M 4M 10G 1024K 20 7-1 8086:1234 0000:01:00.0"
              + " 01:00 spice mapped /dev/ttyS0 /dev/net/tun socket /dev/parport0 /dev/urandom"
              + " 500 0x500000000000001a serial1 QM00001 writeback abcd-1234"
              + " 11111111-2222-4333-8444-555555555555 SGVhcnRo Hearth pc q35 pc-q35-8.1"
              + " pc-i440fx-7.2+pve0 l26 win11 2025-01-31 2025-01-31T10:20:30 now"
              + " Europe/Berlin example.org 1.1.1.1,8.8.8.8 a;B;c b,a rslave nosuid;noatime /mnt/data"
              + " 0660 0755 ext4 fuse 8 64 100 1024 2.5 0.5 shared lo secret")
          .lines()
          .flatMap(line -> Stream.of(line.split(" ")))
          .distinct()
          .toList();

  private static final String SSH_KEY =
      "ssh-ed25519%20AAAAC3NzaC1lZDI1NTE5AAAAIPNzMS7nbKjyjIRoEYA%2B8CnnOTp2k5kSCNq4cZ7sSFGg%20me";

  /** New disks, as the wish for one is written. */
  private static final List<String> VOLUMES = List.of("local-lvm:1", "local:1");

  private static final List<Long> NUMBERS =
      List.of(0L, 1L, 2L, 4L, 7L, 16L, 64L, 100L, 512L, 600L, 1500L, 2048L, 9000L, 100_000L);

  private final Random random;

  RandomConfig(long seed) {
    this.random = new Random(seed);
  }

  /** A value for the key; empty when this one knows of none. */
  Optional<String> valueOf(ConfigKey key) {
    return switch (key.name()) {
      case "sshkeys" -> Optional.of(SSH_KEY);
      case "cdrom" -> Optional.of("none");
      default -> valueOf(key.type());
    };
  }

  /** The same value, written by somebody else: other order, each key with its name. */
  String otherwise(ConfigKey key, String value) {
    if (!(key.type().format() instanceof PropertyFormat format)
        || format.problem(value, "").isPresent()) {
      return value;
    }
    var parts = new ArrayList<String>();
    format.parse(value).values().forEach((name, one) -> parts.add(name + "=" + one));
    Collections.shuffle(parts, random);
    return String.join(",", parts);
  }

  private Optional<String> valueOf(ValueType type) {
    if (type.format() instanceof PropertyFormat format) {
      return propertyString(format);
    }
    var fitting = candidates(type).filter(value -> type.problem(value, "").isEmpty()).toList();
    return fitting.isEmpty()
        ? Optional.empty()
        : Optional.of(fitting.get(random.nextInt(fitting.size())));
  }

  private static Stream<String> candidates(ValueType type) {
    var numbers = Stream.concat(NUMBERS.stream(), limits(type)).map(String::valueOf);
    return switch (type.kind()) {
      case BOOLEAN -> Stream.of("0", "1");
      case INTEGER, NUMBER -> numbers;
      case STRING -> type.choices().isEmpty() ? WORDS.stream() : type.choices().stream();
    };
  }

  private static Stream<Long> limits(ValueType type) {
    return Stream.of(Optional.ofNullable(type.minimum()), Optional.ofNullable(type.maximum()))
        .flatMap(Optional::stream)
        .map(Number::longValue);
  }

  /** With the first key and one to three of the optional ones: all at once seldom go together. */
  private Optional<String> propertyString(PropertyFormat format) {
    var optional =
        format.properties().entrySet().stream()
            .filter(e -> e.getValue().type() != null && e.getValue().optional())
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(optional, random);
    var chosen =
        new HashSet<>(optional.subList(0, Math.min(optional.size(), 1 + random.nextInt(3))));
    format.first().ifPresent(chosen::add);
    Map<String, String> values = new LinkedHashMap<>();
    for (var entry : format.properties().entrySet()) {
      var type = entry.getValue().type();
      if (type != null && (!entry.getValue().optional() || chosen.contains(entry.getKey()))) {
        valueOf(entry.getKey(), type).ifPresent(value -> values.put(entry.getKey(), value));
      }
    }
    if (values.isEmpty()) {
      return Optional.empty();
    }
    var text = written(format, values);
    return format.problem(text, "").isEmpty() ? Optional.of(text) : Optional.empty();
  }

  private Optional<String> valueOf(String name, ValueType type) {
    return switch (name) {
      case "file", "volume" -> Optional.of(VOLUMES.get(random.nextInt(VOLUMES.size())));
      case "bridge" -> Optional.of("vmbr0");
      case "mp" -> Optional.of("/mnt/data");
      default -> valueOf(type);
    };
  }

  private String written(PropertyFormat format, Map<String, String> values) {
    var parts =
        values.entrySet().stream()
            .map(e -> isBare(format, e.getKey()) ? e.getValue() : e.getKey() + "=" + e.getValue())
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(parts, random);
    return String.join(",", parts);
  }

  private boolean isBare(PropertyFormat format, String name) {
    return format.isFirst(name) && random.nextBoolean();
  }
}
