package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.runtime.HearthException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What the package managers are told, and what they answer, written down from their manuals. Only
 * apt runs in {@link EnsureTest}; the others are not to be had where this is tested.
 */
class PackageToolTest {
  @Test
  void a_package_of_which_only_the_configuration_is_left_is_not_installed() {
    assertThat(
            PackageTool.APT.installed("nginx\t1.22.1-9\tii \ncurl\t7.88.1-10\trc \nvim\t\tun \n"))
        .isEqualTo(Map.of("nginx", "1.22.1-9"));
  }

  @Test
  void rpm_says_in_a_sentence_what_is_not_installed() {
    assertThat(PackageTool.DNF.installed("nginx\t2:1.24.0-4.el9\npackage curly is not installed\n"))
        .isEqualTo(Map.of("nginx", "2:1.24.0-4.el9"));
    assertThat(PackageTool.ZYPPER.query(List.of("a", "b")))
        .isEqualTo(
            "rpm -q --qf '%{NAME}\\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\n' a b || true");
  }

  @Test
  void each_is_told_in_its_own_way_and_asks_nothing() {
    var both = List.of("a", "b");
    assertThat(PackageTool.DNF.install(both, "1-2")).isEqualTo("dnf -y install a-1-2 b-1-2");
    assertThat(PackageTool.DNF.upgrade(both)).isEqualTo("dnf -y install a b && dnf -y upgrade a b");
    assertThat(PackageTool.ZYPPER.install(both, null))
        .isEqualTo("zypper --non-interactive install a b");
    assertThat(PackageTool.PACMAN.remove(both)).isEqualTo("pacman -R --noconfirm a b");
    assertThat(PackageTool.APK.install(List.of("a"), "1.2-r0")).isEqualTo("apk -q add a=1.2-r0");
    assertThat(PackageTool.APT.install(both, "1"))
        .startsWith("DEBIAN_FRONTEND=noninteractive apt-get -q -y ")
        .endsWith(" install a=1 b=1");
  }

  @Test
  void apk_and_pacman_answer_with_names_and_versions() {
    assertThat(PackageTool.APK.installed("nginx\t1.24.0-r7\n"))
        .isEqualTo(Map.of("nginx", "1.24.0-r7"));
    assertThat(PackageTool.APK.query(List.of("a", "b")))
        .isEqualTo(
            "for p in a b; do v=$(apk info -e -v $p 2>/dev/null) &&"
                + " printf '%s\\t%s\\n' $p \"${v#$p-}\"; done; true");
    assertThat(PackageTool.PACMAN.installed("linux\t6.9.7.arch1-1\n"))
        .isEqualTo(Map.of("linux", "6.9.7.arch1-1"));
  }

  @Test
  void a_version_cannot_be_chosen_where_there_is_only_one() {
    assertThatExceptionOfType(HearthException.class)
        .isThrownBy(() -> PackageTool.PACMAN.install(List.of("linux"), "6.1"))
        .withMessage("`version` cannot be chosen with pacman, which has only one.");
  }
}
