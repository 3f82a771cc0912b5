package dev.hearth.runtime.effect.http;

import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;

/** How far one exchange came, to tell a proxy's failure from its target's. */
final class Progress extends EventListener {
  volatile boolean connected;

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    connected = true;
  }
}
