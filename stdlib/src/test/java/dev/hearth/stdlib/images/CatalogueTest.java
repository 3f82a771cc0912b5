package dev.hearth.stdlib.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-26");

  private static Stream<CatalogueImage> shipped() {
    return Catalogue.shipped().images().stream();
  }

  @Test
  void sixty_releases_of_twenty_five_families_ship() {
    assertThat(shipped()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(shipped().map(CatalogueImage::family).distinct()).hasSizeGreaterThanOrEqualTo(25);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void an_image_that_ships_is_whole(CatalogueImage image) {
    var source = image.source();
    assertThat(Stream.of(source.image(), source.published().url()))
        .allMatch(address -> address.startsWith("https://"));
    assertThat(image.architectures()).containsKey("amd64");
    assertThat(image.architectures().keySet()).isSubsetOf("amd64", "arm64");
    assertThat(image.quirks()).allSatisfy(quirk -> assertThat(quirk).matches("[A-Za-z].*[.]"));
    assertThat(image.name()).doesNotContain("{");
    assertThat(image.seen().keySet())
        .as("what a build is called, for the simulated mirrors")
        .containsAll(
            new AddressPattern(source.image())
                .words().stream().filter(word -> !word.equals("arch")).toList());
    assertThat(image.user() != null || image.setup() == CatalogueImage.Setup.NONE)
        .as("somebody can log in")
        .isTrue();
    assertThat(image.format() == CatalogueImage.Format.ISO)
        .isEqualTo(image.kind() == CatalogueImage.Kind.INSTALLER);
    assertThat(image.secureBoot())
        .isIn(false, image.firmware().contains(CatalogueImage.Firmware.UEFI));
    if (image.status(TODAY) == ImageStatus.END_OF_LIFE) {
      assertThat(image.endOfLife()).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "debian, debian-13",
    "debian-stable, debian-13",
    "debian-bookworm, debian-12",
    "ubuntu, ubuntu-26.04",
    "ubuntu-lts, ubuntu-26.04",
    "ubuntu-noble, ubuntu-24.04",
    "opensuse, opensuse-leap-16.0",
    "almalinux, almalinux-10",
    "fedora-coreos, fedora-coreos-stable",
    "flatcar, flatcar-stable",
    "centos, centos-7",
    "alt, alt-p11",
    "alpine, alpine-3.24",
    "alpine-uefi, alpine-3.24-uefi",
    "arch, arch",
    "freebsd, freebsd-15.1",
  })
  void a_family_or_an_alias_means_the_newest_that_is_alive(String name, String id) {
    assertThat(Catalogue.shipped().get(name, TODAY).id()).isEqualTo(id);
  }

  @Test
  void a_family_never_means_a_release_that_is_not_out_yet() {
    assertThat(Catalogue.shipped().get("debian", LocalDate.parse("2025-08-08")).id())
        .isEqualTo("debian-12");
  }

  @ParameterizedTest
  @CsvSource({
    "debian-12, 2026-07-11, supported",
    "debian-12, 2026-07-12, extended",
    "debian-12, 2028-07-01, end-of-life",
    "fedora-40, 2026-11-26, end-of-life",
    "arch, 2026-11-26, rolling",
    "alt-p11, 2026-11-26, supported",
  })
  void the_status_is_that_of_a_day(String id, LocalDate day, String status) {
    assertThat(Catalogue.shipped().get(id, day).status(day).word()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "almalinux-8, x86-64-v1, x86-64-v2-AES",
    "almalinux-9, x86-64-v2, x86-64-v2-AES",
    "almalinux-10, x86-64-v3, x86-64-v3",
    "rocky-9, x86-64-v2, x86-64-v2-AES",
    "centos-stream-10, x86-64-v3, x86-64-v3",
  })
  void the_cpu_type_is_one_that_it_runs_on(String id, String level, String cpu) {
    var image = Catalogue.shipped().get(id, TODAY);
    assertThat(List.of(image.cpuLevel(), image.cpu())).containsExactly(level, cpu);
  }

  @ParameterizedTest
  @CsvSource({"debian-13, import", "fedora-coreos, unpack", "kali, unpack", "devuan-6, iso"})
  void how_an_image_comes_to_a_node_is_told(String id, String delivery) {
    assertThat(Catalogue.shipped().get(id, TODAY).delivery().word()).isEqualTo(delivery);
  }

  @Test
  void one_name_for_two_images_is_refused() {
    var debian = Catalogue.shipped().get("debian-13", TODAY);
    var error =
        catchThrowableOfType(HearthException.class, () -> new Catalogue(List.of(debian, debian)));
    assertThat(error.id()).isEqualTo("images.twice");
    assertThat(error.hint()).isEqualTo("Give one of them another `id`, or another alias.");
  }
}
