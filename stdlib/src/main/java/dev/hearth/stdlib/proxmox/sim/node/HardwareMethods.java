package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code /nodes/{node}/hardware}: what could be passed on to a guest. */
final class HardwareMethods {
  private static final Check LOOK = Check.permAny("/", "Sys.Audit", "Sys.Modify");
  private static final Param DEVICE =
      Param.of(
          matching(
              "(?:(?:[0-9a-fA-F]{4}:)?[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-9a-fA-F])"
                  + "|([a-zA-Z][a-zA-Z0-9_-]+)"));
  private static final String NOT_SHOWN = "05;06;0b";
  private static final PropertyFormat MAPPED =
      PropertyFormat.named("pci-map")
          .optional("node", ValueType.string())
          .optional("path", ValueType.string());

  private HardwareMethods() {}

  /** A PCI device; what it is stands for every node alike. */
  private record PciDevice(
      String id,
      String type,
      String vendor,
      String device,
      int group,
      boolean isDivisible,
      String vendorName,
      String deviceName) {
    private static PciDevice read(String line) {
      var parts = line.split("\\|", -1);
      return new PciDevice(
          parts[0],
          parts[1],
          parts[2],
          parts[3],
          Integer.parseInt(parts[4]),
          parts[5].equals("mdev"),
          parts[6],
          parts[7]);
    }

    private Item told(boolean isVerbose) {
      var item = Item.of("id", id);
      if (isVerbose) {
        item.with("class", type)
            .with("vendor", vendor)
            .with("device", device)
            .with("vendor_name", vendorName)
            .with("device_name", deviceName)
            .with("subsystem_vendor", "0x1043")
            .with("subsystem_vendor_name", "ASUSTeK Computer Inc.")
            .with("subsystem_device", device)
            .with("iommugroup", group);
        if (isDivisible) {
          item.with("mdev", 1);
        }
      }
      return item;
    }

    private boolean isCalled(String name) {
      return id.equals(name) || id.equals("0000:" + name);
    }
  }

  static List<ApiMethod> all() {
    return List.of(
        OneNode.method("GET", "hardware", "index", Check.anyUser())
            .answers(_ -> List.of(Item.of("type", "pci"), Item.of("type", "usb"))),
        OneNode.method("GET", "hardware/pci", "pci_scan", LOOK)
            .param("pci-class-blacklist", Param.optional(Standard.TEXTS.orElse(NOT_SHOWN)))
            .param("verbose", Param.optional(bool().orElse("1")))
            .answers(HardwareMethods::pci),
        OneNode.method("GET", "hardware/pci/{pci-id-or-mapping}", "pci_index", Check.anyUser())
            .param("pci-id-or-mapping", DEVICE)
            .answers(_ -> List.of(Item.of("method", "mdev"))),
        OneNode.method("GET", "hardware/pci/{pci-id-or-mapping}/mdev", "mdevscan", LOOK)
            .param("pci-id-or-mapping", DEVICE)
            .answers(HardwareMethods::parts),
        OneNode.method("GET", "hardware/usb", "usbscan", Check.perm("/", "Sys.Modify"))
            .answers(HardwareMethods::usb));
  }

  private static Stream<PciDevice> devices() {
    return Lines.of(HardwareMethods.class, "pci-devices.txt").stream().map(PciDevice::read);
  }

  private static Object pci(Call call) {
    call.world().node(call.node());
    var hidden = Lists.split(call.params().text("pci-class-blacklist", NOT_SHOWN));
    boolean isVerbose = call.params().flag("verbose", true);
    return devices()
        .filter(device -> hidden.stream().noneMatch(one -> device.type().startsWith("0x" + one)))
        .map(device -> device.told(isVerbose))
        .toList();
  }

  /** What a device can be divided into. */
  private static Object parts(Call call) {
    var wanted = call.params().text("pci-id-or-mapping");
    var names = wanted.contains(":") ? List.of(wanted) : mapped(call, wanted);
    boolean isDivisible =
        devices()
            .anyMatch(device -> device.isDivisible() && names.stream().anyMatch(device::isCalled));
    return isDivisible
        ? List.of(
            part("i915-GVTg_V5_4", 1, "128MB", "512MB"), part("i915-GVTg_V5_8", 2, "64MB", "384MB"))
        : List.of();
  }

  private static Item part(String type, int available, String low, String high) {
    var description =
        "low_gm_size: %s\nhigh_gm_size: %s\nfence: 4\nresolution: 1920x1200\nweight: 4"
            .formatted(low, high);
    return Item.of("type", type).with("description", description).with("available", available);
  }

  /** What a mapping stands for on this node. */
  private static List<String> mapped(Call call, String mapping) {
    var paths = new ArrayList<String>();
    var maps = call.world().sections("mapping/pci").values(mapping).getOrDefault("map", "");
    for (var line : maps.lines().toList()) {
      var map = MAPPED.parse(line);
      if (map.get("node").filter(call.node()::equals).isPresent()) {
        map.get("path").ifPresent(paths::add);
      }
    }
    return paths;
  }

  private static Object usb(Call call) {
    call.world().node(call.node());
    return List.of(
        usb(1, 0, 9, "1d6b", "0002", "480")
            .with("manufacturer", "Linux 6.8 xhci-hcd")
            .with("product", "xHCI Host Controller")
            .with("serial", "0000:00:14.0"),
        usb(2, 1, 0, "10c4", "ea60", "12")
            .with("manufacturer", "Silicon Labs")
            .with("product", "CP2102N USB to UART Bridge Controller")
            .with("serial", "f0c3a1")
            .with("usbpath", "2"),
        usb(3, 1, 0, "0781", "5583", "480")
            .with("manufacturer", "SanDisk")
            .with("product", "Ultra Fit")
            .with("serial", "4C530001")
            .with("usbpath", "3"));
  }

  private static Item usb(
      int device, int level, int type, String vendor, String product, String speed) {
    return Item.of("busnum", 1)
        .with("devnum", device)
        .with("level", level)
        .with("port", level == 0 ? 0 : device)
        .with("class", type)
        .with("vendid", vendor)
        .with("prodid", product)
        .with("speed", speed);
  }
}
