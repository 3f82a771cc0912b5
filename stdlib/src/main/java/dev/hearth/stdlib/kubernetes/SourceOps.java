package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Manifests from files, folders and Kustomize, as the recipe itself may read and run them. */
final class SourceOps {
  private static final Set<String> KUSTOMIZATIONS =
      Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");

  private static final int DEEPEST = 20;

  private final Files files;
  private final Programs programs;

  SourceOps(OpContext context) {
    this.files = context.recipe().files();
    this.programs = new Programs(context.recipe().processes());
  }

  /** A text with manifests, and what messages call it. */
  record Text(String name, String text) {}

  record OneFile(String file) {}

  @Op
  Text manifestFile(OneFile request) {
    return new Text(request.file(), files.readText(path(request.file())));
  }

  /**
   * A folder.
   *
   * @param recursive whether those below it count; null for no, as with kubectl
   */
  record Folder(String folder, @Nullable Boolean recursive) {}

  /** All {@code .yaml}, {@code .yml} and {@code .json}, by name. */
  @Op
  List<Text> manifestFolder(Folder request) {
    var texts = new ArrayList<Text>();
    read(path(request.folder()), Boolean.TRUE.equals(request.recursive()) ? DEEPEST : 0, texts);
    if (texts.isEmpty()) {
      throw new HearthException(
          KubernetesError.MANIFEST_WRONG,
          "The folder `" + ApiPath.shown(request.folder()) + "`",
          "no `.yaml`, `.yml` or `.json` is in it");
    }
    return texts;
  }

  private void read(Path folder, int deeper, List<Text> texts) {
    for (var entry : files.entries(folder)) {
      var file = folder.resolve(entry.name());
      if (KUSTOMIZATIONS.contains(entry.name())) {
        throw new HearthException(KubernetesError.KUSTOMIZATION, folder);
      }
      if (entry.type() == FileStat.Type.FOLDER && deeper > 0) {
        read(file, deeper - 1, texts);
      } else if (entry.type() != FileStat.Type.FOLDER
          && entry.name().matches("(?i).*\\.(ya?ml|json)")) {
        texts.add(new Text(file.toString(), files.readText(file)));
      }
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new HearthException(
              KubernetesError.MANIFEST_WRONG,
              "`" + ApiPath.shown(text) + "`",
              "it is no path of this system")
          .causedBy(e);
    }
  }

  record Kustomization(String folder) {}

  /** What {@code kustomize}, or {@code kubectl kustomize}, builds of a folder. */
  @Op
  Text kustomized(Kustomization request) {
    var folder = path(request.folder()).toString();
    // A name that begins with a hyphen would be an option.
    var named = folder.startsWith("-") ? "./" + folder : folder;
    var built =
        programs.firstOf(
            "A Kustomize folder",
            ProcessRequest.of("kustomize", "build", named),
            ProcessRequest.of("kubectl", "kustomize", named));
    return new Text("kustomize " + request.folder(), built);
  }
}
