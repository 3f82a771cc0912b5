package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The provider {@code lab}, which has files for resources ({@code provider/provider.js} says which
 * attributes they have), in a mirror that the user's configuration of Terraform names.
 */
final class LabProvider {
  /** The folder with the packages of npm that it needs; {@code .ci/run} makes it. */
  private static final String MODULES = "HEARTH_TEST_TERRAFORM_PROVIDER_MODULES";

  /** How a module names it. */
  static final String REQUIRED =
      """
      terraform {
        required_providers {
          lab = {
            source = "lab.test/hearth/lab"
          }
        }
      }
      """;

  private LabProvider() {}

  /** Gives it to a user, and the variables with which Terraform finds it. */
  static UserHome of(UserHome user) {
    try {
      var folder = Files.createDirectories(user.path().resolve("provider"));
      for (var name : List.of("provider.js", "provider.proto", "controller.proto")) {
        try (var in = LabProvider.class.getResourceAsStream("provider/" + name)) {
          Files.copy(Objects.requireNonNull(in, name), folder.resolve(name));
        }
      }
      run(
          folder,
          "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem"
              + " -out cert.pem -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost");
      var mirror = user.path().resolve("mirror");
      var program =
          Files.createDirectories(mirror.resolve("lab.test/hearth/lab/1.0.0/" + platform()))
              .resolve("terraform-provider-lab_v1.0.0");
      Files.writeString(
          program,
          "#!/bin/sh\nNODE_PATH='"
              + modules().resolve("node_modules")
              + "' exec node '"
              + folder
              + "/provider.js'\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      return user.variable("PATH", String.valueOf(System.getenv("PATH")))
          .write(
              "terraform.rc",
              "provider_installation {\n  filesystem_mirror { path = \"" + mirror + "\" }\n}\n")
          .variable("TF_CLI_CONFIG_FILE", user.path().resolve("terraform.rc").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path modules() {
    return Optional.ofNullable(System.getenv(MODULES))
        .map(Path::of)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    MODULES + " does not name a folder; CONTRIBUTING.md says how it is made"));
  }

  private static String platform() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT)
        + (System.getProperty("os.arch").equals("aarch64") ? "_arm64" : "_amd64");
  }

  private static void run(Path folder, String command) throws IOException {
    var process =
        new ProcessBuilder(command.split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
