package dev.hearth.stdlib.images;

import dev.hearth.runtime.permission.Endpoint;
import dev.hearth.runtime.permission.HostPattern;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.SimulatorFactory;
import dev.hearth.runtime.spi.UserFile;
import dev.hearth.stdlib.images.sim.MirrorSimulator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Cloud images of distributions: which there are, and the newest with its checksum. */
public final class ImagesBinding implements Binding {
  @Override
  public String name() {
    return "images";
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new ImagesOps(UserImages.catalogue(connection), context);
  }

  @Override
  public Optional<String> userFile() {
    return Optional.of(UserImages.FILE);
  }

  @Override
  public Connection completed(Connection connection, UserFile file) {
    return UserImages.written(connection, file);
  }

  /** The hosts that the catalogue and the user name, by https only. */
  @Override
  public List<Permission> reach(Connection connection) {
    return UserImages.catalogue(connection).addresses().stream()
        .flatMap(address -> endpoint(address.host(), address.port()))
        .map(endpoint -> (Permission) new Permission.Net(endpoint))
        .toList();
  }

  private static Stream<Endpoint> endpoint(String host, int port) {
    return HostPattern.parse(host).map(name -> (Endpoint) new Endpoint.Tcp(name, port)).stream();
  }

  @Override
  public Optional<SimulatorFactory> simulator() {
    return mirrors(Catalogue.shipped());
  }

  @Override
  public Optional<SimulatorFactory> simulator(UserFile file) {
    return mirrors(UserImages.catalogue(file).orElseGet(Catalogue::shipped));
  }

  private static Optional<SimulatorFactory> mirrors(Catalogue catalogue) {
    return Optional.of((saved, clock, net) -> new MirrorSimulator(SimulatedVendors.of(catalogue)));
  }

  @Override
  public Foreseen foresee(Mention mention) {
    return Foreseen.nothing(); // its intent opens all that it reaches
  }
}
