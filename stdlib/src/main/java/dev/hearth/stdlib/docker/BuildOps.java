package dev.hearth.stdlib.docker;

import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;

/** Builds of images. */
final class BuildOps {
  private final Engine engine;
  private final ImageBuilds builds;
  private final ImageTransfers transfers;
  private final RegistryOps registries;

  BuildOps(Engine engine, ImageBuilds builds, ImageTransfers transfers, RegistryOps registries) {
    this.engine = engine;
    this.builds = builds;
    this.transfers = transfers;
    this.registries = registries;
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

  /** Builds for several platforms, and pushes what comes of it. */
  @Op(writes = true)
  PlatformBuild.Built buildForPlatforms(PlatformBuild.Wanted request) {
    return EngineWork.done(forPlatforms(request));
  }

  /** The same, with what it tells meanwhile. */
  @Op(writes = true)
  OpStream<WorkStream.Step> buildForPlatformsSteps(PlatformBuild.Wanted request) {
    return new WorkStream(forPlatforms(request));
  }

  private PlatformBuild forPlatforms(PlatformBuild.Wanted wanted) {
    return new PlatformBuild(engine, builds, transfers, registries, wanted);
  }
}
