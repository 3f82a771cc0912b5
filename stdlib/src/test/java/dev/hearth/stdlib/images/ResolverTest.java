package dev.hearth.stdlib.images;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.stdlib.images.sim.MirrorSimulator;
import java.net.URI;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every image of the catalogue, against vendors that are in order and vendors that are not. */
class ResolverTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-26");
  private static final String LOGIN_PAGE = "<html><body>Please log in, 2026.</body></html>";

  private final InProcessNet net = new InProcessNet();
  private final MirrorSimulator mirrors =
      new MirrorSimulator(SimulatedVendors.of(Catalogue.shipped()));
  private final ImageResolver resolver = new ImageResolver(new VendorFiles(net));

  ResolverTest() {
    net.serveAll(mirrors.services());
  }

  private static Stream<CatalogueImage> shipped() {
    return Catalogue.shipped().images().stream();
  }

  private static CatalogueImage image(String name) {
    return Catalogue.shipped().get(name, TODAY);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void the_newest_build_has_the_checksum_of_what_its_vendor_serves(CatalogueImage image)
      throws Exception {
    for (var architecture : image.architectures().entrySet()) {
      var build = resolver.newest(image, architecture.getKey());
      assertThat(build.url())
          .isEqualTo(published(image.source().image(), image, architecture.getValue()));
      var algorithm = image.source().published().algorithm().replace("sha", "SHA-");
      var digest = MessageDigest.getInstance(algorithm).digest(download(build.url()));
      assertThat(build.digest()).isEqualTo(HexFormat.of().formatHex(digest));
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void a_page_in_place_of_the_checksums_is_an_error(CatalogueImage image) {
    answerChecksums(image, LOGIN_PAGE);
    assertThat(failure(image).id())
        .isIn("images.no-checksum", "images.no-build", "images.checksums-not-understood");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void checksums_that_are_gone_are_an_error(CatalogueImage image) {
    answerChecksums(image, null);
    var error = failure(image);
    assertThat(error.id()).isEqualTo("images.not-read");
    assertThat(error.sentence()).endsWith("answered 404 Not Found.").contains(image.id());
  }

  @ParameterizedTest
  @MethodSource("listed")
  void a_list_without_the_image_is_an_error(CatalogueImage image) {
    var index = requireNonNull(image.source().index()).url();
    mirrors.replace(URI.create(published(index, image)), Optional.of(LOGIN_PAGE));
    assertThat(failure(image).id()).isEqualTo("images.no-build");
  }

  private static Stream<CatalogueImage> listed() {
    return shipped().filter(image -> image.source().index() != null);
  }

  @Test
  void a_checksum_file_that_does_not_list_the_image_says_so() {
    answerChecksums(image("debian-13"), "a".repeat(128) + "  debian-13-generic-amd64.qcow2\n");
    var error = failure(image("debian-13"));
    assertThat(error.sentence())
        .isEqualTo(
            "The checksum file https://cloud.debian.org/images/cloud/trixie/latest/SHA512SUMS says"
                + " nothing about `debian-13-genericcloud-amd64.qcow2`.");
    assertThat(error.hint())
        .isEqualTo(
            "The vendor may have renamed the image; give its address and checksum yourself.");
  }

  @Test
  void two_checksums_of_one_image_are_an_error() {
    var name = "  debian-13-genericcloud-amd64.qcow2\n";
    answerChecksums(image("debian-13"), "a".repeat(128) + name + "b".repeat(128) + name);
    var error = failure(image("debian-13"));
    assertThat(error.id()).isEqualTo("images.checksum-ambiguous");
    assertThat(error.sentence())
        .isEqualTo(
            "The checksum file https://cloud.debian.org/images/cloud/trixie/latest/SHA512SUMS has"
                + " two different checksums of `debian-13-genericcloud-amd64.qcow2`.");
  }

  @Test
  void two_digests_of_one_build_in_json_are_an_error() {
    answerChecksums(
        image("oracle-9"),
        """
        {"kvm": [{"image": "OL9U8_x86_64-kvm-b293.qcow2", "sha256": "%s"},
                 {"image": "OL9U8_x86_64-kvm-b293.qcow2", "sha256": "%s"}]}
        """
            .formatted("a".repeat(64), "b".repeat(64)));
    assertThat(failure(image("oracle-9")).id()).isEqualTo("images.checksum-ambiguous");
  }

  @Test
  void json_cannot_lead_to_another_host() {
    answerChecksums(
        image("fedora-coreos"),
        """
        {"disk": {"location": "https://evil.example/prod/streams/stable/builds/44.1/x86_64/fedora-coreos-44.1-proxmoxve.x86_64.qcow2.xz",
                  "sha256": "%s"}}
        """
            .formatted("a".repeat(64)));
    assertThat(failure(image("fedora-coreos")).id()).isEqualTo("images.no-build");
  }

  @Test
  void checksums_that_were_signed_and_are_not_any_more_are_an_error() {
    answerChecksums(
        image("fedora-44"),
        "SHA256 (Fedora-Cloud-Base-Generic-44-1.7.x86_64.qcow2) = " + "a".repeat(64));
    var error = failure(image("fedora-44"));
    assertThat(error.sentence())
        .startsWith("The checksums of `fedora-44` at https://dl.fedoraproject.org/")
        .endsWith(" are not what its vendor used to publish: a clear-signed message.");
  }

  @Test
  void beside_an_image_a_checksum_may_name_what_the_link_leads_to() {
    answerChecksums(image("opensuse-tumbleweed"), "a".repeat(64) + "  openSUSE-Build42.qcow2\n");
    assertThat(resolver.newest(image("opensuse-tumbleweed"), "amd64").digest())
        .isEqualTo("a".repeat(64));
  }

  @Test
  void the_newest_of_many_builds_is_taken_by_number() {
    var image = image("alpine-3.22");
    mirrors.replace(
        URI.create(requireNonNull(image.source().index()).url()),
        Optional.of(
            Stream.of("9", "10", "2")
                .map("\"nocloud_alpine-3.22.%s-x86_64-bios-cloudinit-r0.qcow2\"\n"::formatted)
                .reduce("", String::concat)));
    var error = failure(image); // the mirror has no such build, but it was asked for
    assertThat(error.sentence()).contains("nocloud_alpine-3.22.10-x86_64-bios-cloudinit-r0.qcow2");
  }

  private HearthException failure(CatalogueImage image) {
    return catchThrowableOfType(HearthException.class, () -> resolver.newest(image, "amd64"));
  }

  private void answerChecksums(CatalogueImage image, @Nullable String text) {
    var address = URI.create(published(image.source().published().url(), image));
    mirrors.replace(address, Optional.ofNullable(text));
  }

  private static String published(String address, CatalogueImage image) {
    return published(address, image, requireNonNull(image.architectures().get("amd64")));
  }

  private static String published(String address, CatalogueImage image, String word) {
    var words = new HashMap<>(image.seen());
    words.put("arch", word);
    return new AddressPattern(address).with(words).text();
  }

  private byte[] download(String url) {
    try (var http = Http.over(net, HttpOptions.usual());
        var answer = http.send(HttpRequest.get(url))) {
      assertThat(answer.status()).isEqualTo(200);
      return answer.body().bytes();
    }
  }
}
