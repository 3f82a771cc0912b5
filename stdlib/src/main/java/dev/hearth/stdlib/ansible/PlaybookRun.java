package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.RunningProcess;
import dev.hearth.stdlib.command.AtWork;
import dev.hearth.stdlib.command.Tail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A playbook that runs. Our callback plug-in writes what happens to its standard output, one JSON
 * object a line; when nobody reads, the playbook waits. Closed before its end, it is ended.
 */
final class PlaybookRun implements AtWork.Program {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final int AHEAD = 64;
  private static final String END = "";

  private final PrivateFolder folder;
  private final PlayRecord record;
  private final RunningProcess process;
  private final Tail errors;
  private final FutureTask<Integer> status;
  private final Thread pump;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(AHEAD);
  private final boolean isModule;
  private final AtWork others;
  private boolean isEnded;

  private PlaybookRun(
      Programs programs, PrivateFolder folder, RunningProcess process, boolean isModule) {
    this.folder = folder;
    this.process = process;
    this.isModule = isModule;
    record = new PlayRecord(programs.context());
    others = programs.context().forRun(AtWork.class, AtWork::new);
    errors = Tail.of(process.errors());
    status = new FutureTask<>(process::await); // who waits also holds the time limit
    Thread.ofVirtual().name("hearth-ansible-await").start(status);
    pump = Thread.ofVirtual().name("hearth-ansible-events").start(() -> pump(process.output()));
    others.add(this);
  }

  static PlaybookRun ofFile(Programs programs, String playbook, PlayRequest request) {
    var file = programs.readable("playbook", playbook);
    var folder = programs.privateFolder();
    try {
      return begin(programs, folder, request, file.toString(), false);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** One module alone: a playbook of one task, in the private folder. */
  static PlaybookRun ofModule(Programs programs, JsonNode playbook, PlayRequest request) {
    var folder = programs.privateFolder();
    try {
      var file = folder.json("module", playbook);
      return begin(programs, folder, request, file.toString(), true);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static PlaybookRun begin(
      Programs programs,
      PrivateFolder folder,
      PlayRequest options,
      String playbook,
      boolean isModule) {
    folder.putCallback();
    var words = new ArrayList<>(options.words(programs, folder));
    words.add(playbook);
    var request = programs.inProject("ansible-playbook", words);
    var python = request.environment().get("PYTHONPATH");
    request =
        request
            .variable("ANSIBLE_STDOUT_CALLBACK", "hearth.tell.events")
            .variable("PYTHONPATH", folder.path() + (python == null ? "" : ":" + python));
    if (isModule) {
      request = request.variable("HEARTH_ANSIBLE_RESULTS", "1");
    }
    if (options.timeout() != null) {
      request = request.timeout(options.timeout());
    }
    return new PlaybookRun(programs, folder, programs.start(request), isModule);
  }

  /** A read of a pipe cannot be interrupted, taking from a queue can. */
  private void pump(InputStream output) {
    try {
      try (var reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
          if (line.startsWith("{")) { // others were printed before the plug-in was there
            lines.put(line);
          }
        }
      } catch (IOException closedWithTheProcess) {
        // Its exit status says how it ended.
      }
      lines.put(END);
    } catch (InterruptedException nobodyReads) {
      Thread.currentThread().interrupt();
    }
  }

  /** Blocks for the next event; null at the end, when all went well. */
  @Nullable JsonNode next() throws InterruptedException {
    while (!isEnded) {
      var line = lines.take();
      if (line.equals(END)) {
        isEnded = true;
        record.requireSuccess(exitStatus(), new String(errors.bytes(), StandardCharsets.UTF_8));
      } else {
        var event = event(line);
        if (record.note(event)) {
          return event;
        }
      }
    }
    return null;
  }

  private static JsonNode event(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JacksonException e) {
      throw new HearthException(AnsibleError.PROGRAM_ANSWER, "ansible-playbook").causedBy(e);
    }
  }

  private int exitStatus() throws InterruptedException {
    try {
      return status.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HearthException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  PlayResult result() {
    return record.result(isModule);
  }

  /** Runs to the end. */
  PlayResult finish() throws InterruptedException {
    try (this) {
      var event = next();
      while (event != null) {
        event = next();
      }
      return result();
    }
  }

  /** Returns when nothing is left of it, whoever began to close it. */
  @Override
  public void close() {
    try (folder) {
      process.close();
      pump.interrupt();
    } finally {
      others.remove(this);
    }
  }
}
