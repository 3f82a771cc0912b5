package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hosts tell of themselves. */
class FactsTest {
  @Test
  void a_real_host_tells_what_its_own_programs_say(@TempDir Path folder) throws IOException {
    try (var sshd = Sshd.start(folder.resolve("sshd"))) {
      var user = new SshHome(folder.resolve("home")).alias("web1", sshd);

      var facts =
          user.value(
              "const { kernel, architecture, memoryBytes, os } = await ssh('web1').facts();"
                  + " return [kernel, architecture, memoryBytes > 2 ** 20, os.id];",
              "ssh:read");

      assertThat(facts)
          .isEqualTo(
              "[\"%s\",\"%s\",true,\"%s\"]"
                  .formatted(
                      Sshd.run("uname", "-r").strip(), Sshd.run("uname", "-m").strip(), osId()));
    }
  }

  private static String osId() throws IOException {
    return Files.readAllLines(Path.of("/etc/os-release")).stream()
        .filter(line -> line.startsWith("ID="))
        .map(line -> line.substring(3).replace("\"", ""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void quotes_and_families_of_an_os_release_are_read() {
    var facts =
        Facts.parse(
            """
            hostname=db
            os.ID="rocky"
            os.VERSION_ID="9.4"
            os.ID_LIKE="rhel centos fedora"
            packages=dnf
            init=systemd
            cpus=4
            address=10.0.0.5/24
            address=2001:db8::5/64
            disk=vda 10737418240
            disk=broken
            """);

    assertThat(facts.os())
        .isEqualTo(
            new Facts.Os("rocky", "9.4", null, java.util.List.of("rhel", "centos", "fedora")));
    assertThat(facts.cpus()).isEqualTo(4);
    assertThat(facts.memoryBytes()).isNull();
    assertThat(facts.addresses()).containsExactly("10.0.0.5/24", "2001:db8::5/64");
    assertThat(facts.disks()).containsExactly(new Facts.Disk("vda", 10_737_418_240L));
  }
}
