package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.BlockInput;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.http.HttpResponse;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;

/**
 * A blob while it comes from a registry. A connection that breaks is opened again where it broke,
 * and before the last byte is passed on, all are compared with the digest: who sends them on does
 * not finish with others.
 */
final class BlobStream extends BlockInput {
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final RegistryClient from;
  private final String repository;
  private final Manifest.Blob blob;
  private final Clock clock;
  private final MessageDigest hash;
  private final long length;
  private HttpResponse answer;
  private long count;
  private int failures; // since the last byte came
  private boolean isCompared;

  private BlobStream(
      RegistryClient from,
      String repository,
      Manifest.Blob blob,
      Clock clock,
      HttpResponse answer) {
    this.from = from;
    this.repository = repository;
    this.blob = blob;
    this.clock = clock;
    this.hash = Manifest.hash(blob.digest());
    this.length = answer.body().length() >= 0 ? answer.body().length() : blob.size();
    this.answer = answer;
  }

  static BlobStream open(RegistryClient from, String repository, Manifest.Blob blob, Clock clock) {
    var answer = from.blob(repository, blob.digest(), 0);
    var stream = new BlobStream(from, repository, blob, clock, answer);
    if (blob.size() >= 0 && stream.length != blob.size()) {
      stream.close();
      throw stream.mismatch();
    }
    return stream;
  }

  /** In bytes; -1 when nobody knows. */
  long length() {
    return length;
  }

  /** How many bytes were read. */
  long count() {
    return count;
  }

  @Override
  public int read(byte[] target, int offset, int most) throws IOException {
    if (most == 0) {
      return 0;
    }
    if (count == length) {
      return end();
    }
    int wanted = length < 0 ? most : (int) Math.min(most, length - count);
    int read = readPatiently(target, offset, wanted);
    if (read < 0) {
      return end();
    }
    failures = 0;
    count += read;
    hash.update(target, offset, read);
    if (count == length) {
      compare();
    }
    return read;
  }

  private int end() throws IOException {
    compare();
    return -1;
  }

  private void compare() throws IOException {
    if (!isCompared && !Manifest.digest(hash).equals(blob.digest())) {
      throw new IOException(mismatch());
    }
    isCompared = true;
  }

  private int readPatiently(byte[] target, int offset, int wanted) throws IOException {
    while (true) {
      try {
        int read = answer.body().stream().read(target, offset, wanted);
        if (read >= 0 || length < 0) {
          return read;
        }
        throw new EOFException("It ends after " + count + " of " + length + " bytes.");
      } catch (IOException e) {
        again(e);
      }
    }
  }

  private void again(IOException because) throws IOException {
    answer.close();
    failures++;
    if (Thread.currentThread().isInterrupted()) {
      throw because;
    }
    if (failures == ATTEMPTS) {
      throw new IOException(brokeOff(because));
    }
    try {
      clock.sleep(PAUSE.multipliedBy(1L << failures));
      answer = from.blob(repository, blob.digest(), count);
      if (answer.status() != 206) {
        answer.body().stream().skipNBytes(count);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw because;
    } catch (HearthException | IOException e) {
      because.addSuppressed(e);
      again(because);
    }
  }

  private String name() {
    return repository + "@" + blob.digest();
  }

  private HearthException mismatch() {
    return new HearthException(RegistryError.REGISTRY_MISMATCH, from.where().host(), name());
  }

  private HearthException brokeOff(IOException because) {
    return new HearthException(RegistryError.REGISTRY_BROKE_OFF, from.where().host(), name())
        .with("bytes", count)
        .causedBy(because);
  }

  @Override
  public int available() throws IOException {
    return answer.body().stream().available();
  }

  @Override
  public void close() {
    answer.close();
  }
}
