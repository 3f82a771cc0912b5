package dev.hearth.runtime.spi;

import java.util.List;

/**
 * What a connection turned out to be when it was tried.
 *
 * @param system what answered, with its version: {@code Proxmox VE 8.4.21}
 * @param identity who the connection comes in as, such as {@code root@pam!hearth}
 * @param missing what it lacks for the usual work, each as one line; empty when nothing
 */
public record ConnectionTest(String system, String identity, List<String> missing) {
  public ConnectionTest {
    missing = List.copyOf(missing);
  }
}
