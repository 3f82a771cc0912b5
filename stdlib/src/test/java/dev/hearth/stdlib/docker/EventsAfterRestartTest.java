package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a real engine that goes away for a while, as one does that restarts. */
@WaitsFor("docker")
class EventsAfterRestartTest {
  private static final String WORD = "hearth-restart-";

  /** The way to an engine, which can be cut. */
  private static final class Way implements AutoCloseable {
    private final Path socket;
    private final Path engine;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
    private volatile ServerSocketChannel listener;

    Way(Path socket, Path engine) throws IOException {
      this.socket = socket;
      this.engine = engine;
      this.listener = listen();
    }

    private ServerSocketChannel listen() throws IOException {
      Files.deleteIfExists(socket);
      var made = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      made.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofVirtual().start(() -> accept(made));
      return made;
    }

    private void accept(ServerSocketChannel from) {
      try {
        while (true) {
          var client = from.accept();
          var server = SocketChannel.open(UnixDomainSocketAddress.of(engine));
          open.add(client);
          open.add(server);
          pass(client, server);
          pass(server, client);
        }
      } catch (IOException e) {
        assertThat(from.isOpen()).isFalse();
      }
    }

    private static void pass(SocketChannel from, SocketChannel to) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (InputStream in = Channels.newInputStream(from);
                    OutputStream out = Channels.newOutputStream(to)) {
                  in.transferTo(out);
                } catch (IOException e) {
                  assertThat(from.isOpen() && to.isOpen()).isFalse();
                }
              });
    }

    /** As an engine that stops: whoever listens hears the end, and nobody answers. */
    void cut() {
      try {
        listener.close();
        for (var channel : open) {
          channel.close();
        }
        open.clear();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void mend() {
      try {
        listener = listen();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      cut();
    }
  }

  @Test
  void go_on_from_the_last_one_with_none_lost_and_none_twice(@TempDir Path folder)
      throws Exception {
    var engine = DockerLab.engine("26");
    try (var way = new Way(folder.resolve("way.sock"), engine.socket())) {
      var listener =
          new UserHome(folder.resolve("listener"), "docker")
              .variable("DOCKER_HOST", "unix://" + folder.resolve("way.sock"));
      var maker =
          new UserHome(folder.resolve("maker"), "docker").variable("DOCKER_HOST", engine.host());
      var restart =
          Thread.ofVirtual()
              .start(
                  () -> {
                    waitFor(folder.resolve("listener/heard"));
                    way.cut();
                    make(maker, "2");
                    way.mend();
                  });
      make(maker, "0"); // before anybody listens
      letTimePass(maker);
      var heard =
          listener.value(
              """
              const heard = [];
              const it = docker();
              const events = it.events({ filters: { type: ['volume'], event: ['create'] } });
              const first = events.next();
              await it.volumes.create({ name: '%1$s1' });
              heard.push((await first).value.Actor.ID);
              const { fs } = await import('hearth:fs');
              await fs.write('%2$s', 'x');
              heard.push((await events.next()).value.Actor.ID);
              await it.volumes.create({ name: '%1$s3' });
              heard.push((await events.next()).value.Actor.ID);
              await events.return();
              for (const n of [0, 1, 2, 3]) await it.volume(`%1$s${n}`).remove();
              return heard.map((name) => name.replace('%1$s', ''));
              """
                  .formatted(WORD, folder.resolve("listener/heard")),
              "docker:write",
              "write=" + folder);
      restart.join();
      assertThat(heard).isEqualTo("[\"1\",\"2\",\"3\"]");
    }
  }

  private static void make(UserHome maker, String number) {
    var _ = maker.value("await docker().volumes.create({ name: '%s%s' });".formatted(WORD, number));
  }

  /** An engine's time is known no better than it takes to tell it: so long before counts as now. */
  private static void letTimePass(UserHome maker) {
    var _ =
        maker.value(
            """
            const time = async () => Date.parse((await docker().info()).SystemTime);
            const begin = await time();
            while ((await time()) < begin + 2000);
            """);
  }

  private static void waitFor(Path file) {
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
  }
}
