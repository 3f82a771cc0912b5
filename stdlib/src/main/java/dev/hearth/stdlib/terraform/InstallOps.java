package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.stdlib.command.InstalledPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Installing the programs, each version beside the others, in a folder of Hearth's. */
final class InstallOps {
  private static final long LARGEST_ARCHIVE = 512L << 20;
  private static final Pattern CHECKSUM = Pattern.compile("([0-9a-f]{64}) [ *](\\S+)");

  private final InstallSettings settings;
  private final OpContext context;

  InstallOps(InstallSettings settings, OpContext context) {
    this.settings = settings;
    this.context = context;
  }

  /**
   * Which one.
   *
   * @param opentofu whether it is OpenTofu and not Terraform
   */
  record Which(String version, @Nullable Boolean opentofu) {
    Release release() {
      return Release.of(
          Boolean.TRUE.equals(opentofu) ? Product.OPENTOFU : Product.TERRAFORM, version);
    }
  }

  /**
   * A program that was installed.
   *
   * @param selected whether it is the one that is run where a connection names none
   * @param sha256 of its archive
   * @param signedBy the fingerprint of the key that signed its checksums
   * @param from the address of its archive
   */
  record Program(
      String product,
      String version,
      boolean selected,
      String folder,
      String sha256,
      String signedBy,
      String from,
      String installed) {}

  /** What became of it: whether it is new here. */
  record Outcome(
      boolean changed,
      String product,
      String version,
      String folder,
      String sha256,
      String signedBy,
      String from) {
    static Outcome of(boolean changed, ChosenProgram.Kept kept) {
      return new Outcome(
          changed,
          kept.release().product().toString(),
          kept.release().version(),
          kept.installed().folder().toString(),
          kept.told("sha256"),
          kept.told("signedBy"),
          kept.told("from"));
    }
  }

  @Op
  List<Program> listPrograms() {
    var all = ChosenProgram.all(programs()).toList();
    return all.stream().map(kept -> told(kept, kept.equals(all.getFirst()))).toList();
  }

  private static Program told(ChosenProgram.Kept kept, boolean selected) {
    return new Program(
        kept.release().product().toString(),
        kept.release().version(),
        selected,
        kept.installed().folder().toString(),
        kept.told("sha256"),
        kept.told("signedBy"),
        kept.told("from"),
        kept.told("installed"));
  }

  private InstalledPrograms programs() {
    return new InstalledPrograms(context);
  }

  @Op(writes = true)
  Outcome installProgram(Which which) throws InterruptedException {
    var release = which.release();
    var programs = programs();
    var before = programs.find(release.toString());
    if (before.isPresent()) {
      return Outcome.of(false, new ChosenProgram.Kept(release, before.get()));
    }
    var installed = programs.install(release.toString(), folder -> fill(release, folder));
    return Outcome.of(true, new ChosenProgram.Kept(release, installed));
  }

  private JsonNode fill(Release release, Path folder) {
    var files = context.effects().files();
    var published = new ReleaseFiles(context.effects().net(), settings.base(release.product()));
    var archive =
        release
            .archive()
            .orElseThrow(() -> new HearthException(InstallError.NOT_FOR_THIS_MACHINE, release));
    var checksums = published.read(release, release.checksums());
    var signer =
        key(release.product())
            .signer(
                checksums,
                published.read(release, release.signature()),
                published.address(release, release.signature()),
                context.effects().clock().now());
    var wanted = checksum(release, archive, published, new String(checksums, UTF_8));
    var address = published.address(release, archive);
    var file = folder.resolve("archive");
    var actual = download(published, release, archive, file);
    if (!actual.equals(wanted)) {
      throw new HearthException(InstallError.CHECKSUM_WRONG, address, actual, wanted);
    }
    var program = release.product().program();
    new ProgramArchive(files, file, address).unpack(program, folder.resolve(program));
    files.delete(file);
    return JsonNodeFactory.instance
        .objectNode()
        .put("sha256", actual)
        .put("signedBy", signer)
        .put("from", address)
        .put("installed", context.effects().clock().now().toString());
  }

  private ReleaseKey key(Product product) {
    return settings
        .key()
        .map(
            file ->
                ReleaseKey.of(
                    context.effects().files().read(file), VisibleText.of(file.toString())))
        .orElseGet(() -> ReleaseKey.of(product));
  }

  private static String checksum(
      Release release, String archive, ReleaseFiles published, String checksums) {
    return checksums
        .lines()
        .map(CHECKSUM::matcher)
        .filter(line -> line.matches() && line.group(2).equals(archive))
        .map(line -> line.group(1))
        .findFirst()
        .orElseThrow(
            () ->
                new HearthException(
                    InstallError.NO_CHECKSUM,
                    published.address(release, release.checksums()),
                    archive));
  }

  private String download(ReleaseFiles published, Release release, String archive, Path target) {
    try (var output = context.effects().files().create(target)) {
      return published.copy(release, archive, output, LARGEST_ARCHIVE);
    } catch (IOException e) {
      throw new HearthException(
              InstallError.NOT_HAD,
              published.address(release, archive),
              "it cannot be written: " + e.getMessage() + ".")
          .causedBy(e);
    }
  }

  /** Whether there was one. */
  record Removed(boolean removed) {}

  /** Removes one. */
  @Op(writes = true)
  Removed removeProgram(Which which) {
    return new Removed(programs().remove(which.release().toString()));
  }
}
