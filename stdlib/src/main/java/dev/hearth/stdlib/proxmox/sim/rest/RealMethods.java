package dev.hearth.stdlib.proxmox.sim.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which methods a real Proxmox has, so that what is only missing here ({@code not simulated}) is
 * told from what exists nowhere ({@code not implemented}).
 */
public final class RealMethods {
  private static final String FILE = "real-methods.txt";

  private RealMethods() {}

  /** Lines such as {@code GET /nodes/{node}/lxc}. */
  public static Set<String> all() {
    try (var in = RealMethods.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing beside the simulator's classes.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
