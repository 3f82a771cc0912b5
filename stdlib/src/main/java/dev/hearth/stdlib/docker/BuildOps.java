package dev.hearth.stdlib.docker;

import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;

/** Builds of images. */
final class BuildOps {
  private final ImageBuilds builds;

  BuildOps(ImageBuilds builds) {
    this.builds = builds;
  }

  @Op(writes = true)
  ImageBuild.Built buildImage(BuildSpec request) {
    return EngineWork.done(builds.begin(request));
  }

  /** The same, with what it tells meanwhile. */
  @Op(writes = true)
  OpStream<WorkStream.Step> buildImageSteps(BuildSpec request) {
    return new WorkStream(builds.begin(request));
  }
}
