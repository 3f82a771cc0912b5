package dev.hearth.stdlib.templates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A machine in QEMU, without a way into the internet: of its network there is a port of this
 * machine that leads to its SSH, and one address that leads to a port of this machine.
 *
 * <p>Real virtualisation is not to be had everywhere, so it is emulated.
 */
final class LabMachine implements AutoCloseable {
  /** Four times what it takes alone, since others compute beside it. */
  private static final int PATIENCE_SECONDS = 480;

  private final Path folder;
  private final Process qemu;
  private final int sshPort;

  private LabMachine(Path folder, Process qemu, int sshPort) {
    this.folder = folder;
    this.qemu = qemu;
    this.sshPort = sshPort;
  }

  /**
   * Where it is on the network that QEMU makes.
   *
   * @param mac of its network card
   * @param address its own
   * @param serverPort of this machine, which the address 10.0.2.100 leads to, at port 80
   */
  record Place(String mac, String address, int serverPort) {}

  /**
   * Starts it.
   *
   * @param image the folder of {@code .ci/lab-image}
   * @param folder with the files of its seed: user-data, meta-data, network-config, vendor-data
   */
  static LabMachine start(Path image, Path folder, Place place) throws IOException {
    var seed = new LinkedHashMap<String, byte[]>();
    for (var file : List.of("user-data", "meta-data", "network-config", "vendor-data")) {
      seed.put(file, Files.readAllBytes(folder.resolve(file)));
    }
    Files.write(folder.resolve("seed.iso"), DiscImage.of("cidata", seed));
    int port = freePort();
    var network =
        "user,id=n,restrict=on,hostfwd=tcp:127.0.0.1:%d-%s:22,guestfwd=tcp:10.0.2.100:80-cmd:%s"
            .formatted(port, place.address(), connector(folder, place.serverPort()));
    var command =
        List.of(
            "qemu-system-x86_64",
            "-accel",
            "tcg,thread=multi",
            "-cpu",
            "max",
            "-smp",
            "2",
            "-m",
            "1024",
            "-nodefaults",
            "-display",
            "none",
            "-serial",
            "file:console.log",
            "-no-reboot",
            "-kernel",
            image.resolve("vmlinuz").toString(),
            "-initrd",
            image.resolve("initrd.img").toString(),
            "-append",
            "root=/dev/vda rw console=ttyS0 quiet",
            "-drive",
            "file=" + image.resolve("base.raw") + ",format=raw,if=virtio,snapshot=on",
            "-drive",
            "file=seed.iso,format=raw,if=virtio,readonly=on",
            "-netdev",
            network,
            "-device",
            "virtio-net-pci,netdev=n,mac=" + place.mac(),
            "-device",
            "virtio-rng-pci",
            "-device",
            "virtio-serial-pci",
            "-chardev",
            "socket,id=agent,path=agent.sock,server=on,wait=off",
            "-device",
            "virtserialport,chardev=agent,name=org.qemu.guest_agent.0");
    var qemu =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("qemu.log").toFile())
            .start();
    return new LabMachine(folder, qemu, port);
  }

  /** The program that QEMU starts for each connection; a port as such can be reached only once. */
  private static Path connector(Path folder, int port) throws IOException {
    var script =
        Files.writeString(
            folder.resolve("connect"),
            """
            #!/bin/bash
            exec 3<>/dev/tcp/127.0.0.1/%d
            cat <&3 &
            cat >&3
            kill %%1
            """
                .formatted(port));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private static int freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private List<String> ssh(String user, String command) {
    var ssh =
        new ArrayList<>(
            List.of("ssh", "-F", "/dev/null", "-i", "id", "-p", String.valueOf(sshPort)));
    for (var option :
        List.of(
            "BatchMode=yes",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "ConnectTimeout=5",
            "LogLevel=ERROR",
            "IdentitiesOnly=yes")) {
      ssh.add("-o");
      ssh.add(option);
    }
    ssh.addAll(List.of(user + "@127.0.0.1", command));
    return ssh;
  }

  /** Waits until somebody can log in. */
  void await(String user) throws IOException, InterruptedException {
    var loop =
        List.of(
            "sh",
            "-c",
            "until \"$@\" 2>/dev/null; do kill -0 " + qemu.pid() + " || exit 1; sleep 1; done",
            "sh");
    var command = new ArrayList<>(loop);
    command.addAll(ssh(user, "true"));
    output(command, PATIENCE_SECONDS);
  }

  /** What a command of a user prints, both streams. */
  String sh(String user, String command) throws IOException, InterruptedException {
    return output(ssh(user, command), PATIENCE_SECONDS);
  }

  private String output(List<String> command, int seconds)
      throws IOException, InterruptedException {
    var log = folder.resolve("output");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IOException(
          "It took longer than " + seconds + " s: " + Files.readString(log) + "\n" + console());
    }
    return Files.readString(log);
  }

  /** What the machine said while it started. */
  String console() throws IOException {
    var console = folder.resolve("console.log");
    return Files.exists(console)
        ? Files.readString(console, java.nio.charset.StandardCharsets.ISO_8859_1)
        : "";
  }

  /** At once: nothing of it is kept. */
  @Override
  public void close() {
    qemu.destroyForcibly().onExit().join();
  }
}
