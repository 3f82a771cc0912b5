package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.stdlib.UserHome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Something listens where the engine is said to be, and answers what no engine would. */
class HostileEngineTest {
  private static final String VERSION = "{\"ApiVersion\":\"1.43\",\"MinAPIVersion\":\"1.24\"}";

  private UserHome user;
  private StreamServer engine;
  private volatile String answer = "";

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    user = new UserHome(folder, "docker");
    var socket = user.file("engine.sock");
    engine =
        StreamServer.start(
            new SystemNet().listen(socket),
            new HttpService(
                request ->
                    HttpResponse.of(
                        200,
                        "application/json",
                        request.path().equals("/version") ? VERSION : answer)),
            (where, failure) -> {
              throw new AssertionError(failure);
            });
    user.variable("DOCKER_HOST", "unix://" + socket);
  }

  @AfterEach
  void stop() throws Exception {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          containers.list()                     | {"Id":"x"}
          containers.list({ select: ['Id'] })   | {"Id":"x"}
          containers.list()                     | "words"
          containers.list()                     | [{"Id":"x"}
          containers.list()                     | [{"Id":"x"}] and more
          containers.list({ select: ['Id'] })   | [] []
          images.list()                         | {}
          networks.list()                       | {"Name":"x"}
          volumes.list()                        | []
          image('a').history()                  | {}
          container('a').inspect()              | []
          container('a').inspect()              | null
          image('a').inspect()                  | "words"
          network('a').inspect()                | []
          volume('a').inspect()                 | 12
          info()                                | []
          """)
  void what_is_no_answer_of_an_engine_is_told_as_that(String call, String said) {
    answer = said;
    assertThat(user.failure("return await docker()." + call + ";"))
        .startsWith("docker.not-docker: ")
        .contains("answered with something that is not an answer of a Docker engine");
  }

  @Test
  void a_list_that_an_engine_writes_as_null_is_empty() {
    answer = "null";
    assertThat(
            user.value(
                """
                const { containers, images, networks } = docker();
                return [await containers.list(), await images.list(), await networks.list()];
                """))
        .isEqualTo("[[],[],[]]");
  }
}
