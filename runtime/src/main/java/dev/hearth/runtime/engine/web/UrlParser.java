package dev.hearth.runtime.engine.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The basic URL parser of the URL Standard: its states, one method each, under the names that they
 * have there. The library that sends requests reads URLs by rules of its own; what passes here is
 * what recipes and browsers mean by a URL.
 */
final class UrlParser {
  private static final int END = -1;

  private final int[] input;
  private final WebUrl url;
  private final @Nullable WebUrl base;
  private final @Nullable State override;
  private State state;
  private StringBuilder buffer = new StringBuilder();
  private int at;
  private boolean atSignSeen;
  private boolean insideBrackets;
  private boolean passwordTokenSeen;

  enum State {
    SCHEME_START,
    SCHEME,
    NO_SCHEME,
    SPECIAL_RELATIVE_OR_AUTHORITY,
    PATH_OR_AUTHORITY,
    RELATIVE,
    RELATIVE_SLASH,
    SPECIAL_AUTHORITY_SLASHES,
    SPECIAL_AUTHORITY_IGNORE_SLASHES,
    AUTHORITY,
    HOST,
    HOSTNAME,
    PORT,
    FILE,
    FILE_SLASH,
    FILE_HOST,
    PATH_START,
    PATH,
    OPAQUE_PATH,
    QUERY,
    FRAGMENT
  }

  private enum Next {
    GO_ON,
    STOP,
    FAIL
  }

  private UrlParser(
      String input, WebUrl url, @Nullable WebUrl base, State state, @Nullable State override) {
    this.input = input.codePoints().filter(c -> c != '\t' && c != '\n' && c != '\r').toArray();
    this.url = url;
    this.base = base;
    this.state = state;
    this.override = override;
  }

  /** A URL, relative to {@code base} if there is one; empty when it is none. */
  static Optional<WebUrl> parse(String input, @Nullable WebUrl base) {
    var url = new WebUrl();
    var stripped = input.replaceAll("^[\\x00-\\x20]+|[\\x00-\\x20]+$", "");
    var parser = new UrlParser(stripped, url, base, State.SCHEME_START, null);
    return parser.run() == Next.FAIL ? Optional.empty() : Optional.of(url);
  }

  /** Changes a part of a URL, as far as {@code value} makes sense. */
  static void override(WebUrl url, String value, State from) {
    new UrlParser(value, url, null, from, from).run();
  }

  private Next run() {
    while (true) {
      var next = step(at < input.length ? input[at] : END);
      if (next != Next.GO_ON || at == input.length) {
        return next;
      }
      at++;
    }
  }

  private Next step(int c) {
    return switch (state) {
      case SCHEME_START -> schemeStart(c);
      case SCHEME -> scheme(c);
      case NO_SCHEME -> noScheme(c);
      case SPECIAL_RELATIVE_OR_AUTHORITY -> specialRelativeOrAuthority(c);
      case PATH_OR_AUTHORITY -> c == '/' ? to(State.AUTHORITY) : back(State.PATH);
      case RELATIVE -> relative(c);
      case RELATIVE_SLASH -> relativeSlash(c);
      case SPECIAL_AUTHORITY_SLASHES -> specialAuthoritySlashes(c);
      case SPECIAL_AUTHORITY_IGNORE_SLASHES ->
          c == '/' || c == '\\' ? Next.GO_ON : back(State.AUTHORITY);
      case AUTHORITY -> authority(c);
      case HOST, HOSTNAME -> host(c);
      case PORT -> port(c);
      case FILE -> file(c);
      case FILE_SLASH -> fileSlash(c);
      case FILE_HOST -> fileHost(c);
      case PATH_START -> pathStart(c);
      case PATH -> path(c);
      case OPAQUE_PATH -> opaquePath(c);
      case QUERY -> query(c);
      case FRAGMENT -> fragment(c);
    };
  }

  private Next to(State next) {
    state = next;
    return Next.GO_ON;
  }

  /** To a state that looks at the same code point again. */
  private Next back(State next) {
    at--;
    return to(next);
  }

  private boolean followsSlash() {
    return at + 1 < input.length && input[at + 1] == '/';
  }

  private boolean isSlash(int c) {
    return c == '/' || (url.isSpecial() && c == '\\');
  }

  private boolean endsAuthority(int c) {
    return c == END || c == '?' || c == '#' || isSlash(c);
  }

  private Next toQuery() {
    url.query = "";
    return to(State.QUERY);
  }

  private Next toFragment() {
    url.fragment = "";
    return to(State.FRAGMENT);
  }

  private String taken() {
    var text = buffer.toString();
    buffer = new StringBuilder();
    return text;
  }

  // ---- Scheme ------------------------------------------------------------------------------

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private Next schemeStart(int c) {
    if (isLetter(c)) {
      buffer.appendCodePoint(Character.toLowerCase(c));
      return to(State.SCHEME);
    }
    return override == null ? back(State.NO_SCHEME) : Next.FAIL;
  }

  private Next scheme(int c) {
    if (isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.') {
      buffer.appendCodePoint(Character.toLowerCase(c));
      return Next.GO_ON;
    }
    if (c == ':') {
      return override == null ? schemeEnds() : otherScheme();
    }
    if (override != null) {
      return Next.FAIL;
    }
    buffer = new StringBuilder();
    at = -1; // from the beginning
    return to(State.NO_SCHEME);
  }

  private Next otherScheme() {
    var scheme = taken();
    boolean keepsKind = WebUrl.isSpecial(scheme) == url.isSpecial();
    boolean needsHost = scheme.equals("file") && (url.hasCredentials() || url.port >= 0);
    boolean lacksHost = url.isFile() && url.host != null && url.host.isEmpty();
    if (keepsKind && !needsHost && !lacksHost) {
      url.scheme = scheme;
      if (url.port == WebUrl.usualPort(scheme)) {
        url.port = -1;
      }
    }
    return Next.STOP;
  }

  private Next schemeEnds() {
    url.scheme = taken();
    if (url.isFile()) {
      return to(State.FILE);
    }
    if (url.isSpecial()) {
      return to(
          base != null && base.scheme.equals(url.scheme)
              ? State.SPECIAL_RELATIVE_OR_AUTHORITY
              : State.SPECIAL_AUTHORITY_SLASHES);
    }
    if (followsSlash()) {
      at++;
      return to(State.PATH_OR_AUTHORITY);
    }
    url.opaquePath = "";
    return to(State.OPAQUE_PATH);
  }

  private Next noScheme(int c) {
    if (base == null || (base.opaquePath != null && c != '#')) {
      return Next.FAIL;
    }
    if (base.opaquePath != null) {
      url.scheme = base.scheme;
      url.takePath(base);
      url.query = base.query;
      return toFragment();
    }
    return back(base.isFile() ? State.FILE : State.RELATIVE);
  }

  // ---- Relative ----------------------------------------------------------------------------

  private Next specialRelativeOrAuthority(int c) {
    if (c == '/' && followsSlash()) {
      at++;
      return to(State.SPECIAL_AUTHORITY_IGNORE_SLASHES);
    }
    return back(State.RELATIVE);
  }

  private Next specialAuthoritySlashes(int c) {
    if (c == '/' && followsSlash()) {
      at++;
      return to(State.SPECIAL_AUTHORITY_IGNORE_SLASHES);
    }
    return back(State.SPECIAL_AUTHORITY_IGNORE_SLASHES);
  }

  private WebUrl base() {
    if (base == null) {
      throw new IllegalStateException("Only what is relative has a base.");
    }
    return base;
  }

  private Next relative(int c) {
    url.scheme = base().scheme;
    if (isSlash(c)) {
      return to(State.RELATIVE_SLASH);
    }
    url.takeAuthority(base());
    return afterBase(c);
  }

  private Next afterBase(int c) {
    url.takePath(base());
    url.query = base().query;
    if (c == '?') {
      return toQuery();
    }
    if (c == '#') {
      return toFragment();
    }
    if (c == END) {
      return Next.GO_ON;
    }
    url.query = null;
    if (url.isFile() && startsWithDrive(at)) {
      url.path.clear();
    } else {
      url.shortenPath();
    }
    return back(State.PATH);
  }

  private Next relativeSlash(int c) {
    if (isSlash(c)) {
      return to(url.isSpecial() ? State.SPECIAL_AUTHORITY_IGNORE_SLASHES : State.AUTHORITY);
    }
    url.takeAuthority(base());
    return back(State.PATH);
  }

  // ---- Authority ---------------------------------------------------------------------------

  private Next authority(int c) {
    if (c == '@') {
      takeCredentials();
      return Next.GO_ON;
    }
    if (!endsAuthority(c)) {
      buffer.appendCodePoint(c);
      return Next.GO_ON;
    }
    var host = taken();
    if (atSignSeen && host.isEmpty()) {
      return Next.FAIL;
    }
    at -= host.codePointCount(0, host.length()) + 1;
    return to(State.HOST);
  }

  private void takeCredentials() {
    var text = (atSignSeen ? "%40" : "") + taken();
    atSignSeen = true;
    int colon = passwordTokenSeen ? 0 : text.indexOf(':');
    if (passwordTokenSeen) {
      url.password += PercentEncoding.USERINFO.encode(text);
    } else if (colon < 0) {
      url.username += PercentEncoding.USERINFO.encode(text);
    } else {
      passwordTokenSeen = true;
      url.username += PercentEncoding.USERINFO.encode(text.substring(0, colon));
      url.password += PercentEncoding.USERINFO.encode(text.substring(colon + 1));
    }
  }

  private Next host(int c) {
    if (override != null && url.isFile()) {
      return back(State.FILE_HOST);
    }
    if (c == ':' && !insideBrackets) {
      if (buffer.isEmpty() || override == State.HOSTNAME) {
        return Next.FAIL;
      }
      return takeHost() ? to(State.PORT) : Next.FAIL;
    }
    if (endsAuthority(c)) {
      at--;
      boolean isEmpty = buffer.isEmpty();
      boolean needsHost = url.hasCredentials() || url.port >= 0;
      if (isEmpty && (url.isSpecial() || (override != null && needsHost))) {
        return Next.FAIL;
      }
      if (!takeHost()) {
        return Next.FAIL;
      }
      state = State.PATH_START;
      return override == null ? Next.GO_ON : Next.STOP;
    }
    insideBrackets = c == '[' || (insideBrackets && c != ']');
    buffer.appendCodePoint(c);
    return Next.GO_ON;
  }

  private boolean takeHost() {
    var parsed = UrlHost.parse(taken(), url.isSpecial());
    parsed.ifPresent(host -> url.host = host);
    return parsed.isPresent();
  }

  private Next port(int c) {
    if (isDigit(c)) {
      buffer.appendCodePoint(c);
      return Next.GO_ON;
    }
    if (!endsAuthority(c) && override == null) {
      return Next.FAIL;
    }
    if (!buffer.isEmpty()) {
      var digits = taken().replaceFirst("^0+(?=.)", "");
      if (digits.length() > 5 || Integer.parseInt(digits) > 0xffff) {
        return Next.FAIL;
      }
      int port = Integer.parseInt(digits);
      url.port = port == WebUrl.usualPort(url.scheme) ? -1 : port;
      if (override != null) {
        return Next.STOP;
      }
    }
    return override == null ? back(State.PATH_START) : Next.FAIL;
  }

  // ---- Files -------------------------------------------------------------------------------

  private boolean isDrive(CharSequence text) {
    return text.length() == 2
        && isLetter(text.charAt(0))
        && (text.charAt(1) == ':' || text.charAt(1) == '|');
  }

  static boolean isNormalizedDrive(String text) {
    return text.length() == 2 && isLetter(text.charAt(0)) && text.charAt(1) == ':';
  }

  private boolean startsWithDrive(int from) {
    if (input.length - from < 2 || from < 0) {
      return false;
    }
    boolean drive = isLetter(input[from]) && (input[from + 1] == ':' || input[from + 1] == '|');
    return drive && (input.length - from == 2 || "/\\?#".indexOf(input[from + 2]) >= 0);
  }

  private Next file(int c) {
    url.scheme = "file";
    url.host = "";
    if (c == '/' || c == '\\') {
      return to(State.FILE_SLASH);
    }
    if (base == null || !base.isFile()) {
      return back(State.PATH);
    }
    url.host = base.host;
    return afterBase(c);
  }

  private Next fileSlash(int c) {
    if (c == '/' || c == '\\') {
      return to(State.FILE_HOST);
    }
    if (base != null && base.isFile()) {
      url.host = base.host;
      boolean baseHasDrive = !base.path.isEmpty() && isNormalizedDrive(base.path.getFirst());
      if (!startsWithDrive(at) && baseHasDrive) {
        url.path.add(base.path.getFirst());
      }
    }
    return back(State.PATH);
  }

  private Next fileHost(int c) {
    if (c != END && c != '/' && c != '\\' && c != '?' && c != '#') {
      buffer.appendCodePoint(c);
      return Next.GO_ON;
    }
    at--;
    if (override == null && isDrive(buffer)) {
      return to(State.PATH);
    }
    if (buffer.isEmpty()) {
      url.host = "";
    } else {
      var host = UrlHost.parse(taken(), true);
      if (host.isEmpty()) {
        return Next.FAIL;
      }
      url.host = host.get().equals("localhost") ? "" : host.get();
    }
    state = State.PATH_START;
    return override == null ? Next.GO_ON : Next.STOP;
  }

  // ---- Path, query, fragment -----------------------------------------------------------------

  private Next pathStart(int c) {
    if (url.isSpecial()) {
      return c == '/' || c == '\\' ? to(State.PATH) : back(State.PATH);
    }
    if (override == null && c == '?') {
      return toQuery();
    }
    if (override == null && c == '#') {
      return toFragment();
    }
    if (c != END) {
      return c == '/' ? to(State.PATH) : back(State.PATH);
    }
    if (override != null && url.host == null) {
      url.path.add("");
    }
    return Next.GO_ON;
  }

  private Next path(int c) {
    boolean ends = c == END || isSlash(c) || (override == null && (c == '?' || c == '#'));
    if (!ends) {
      PercentEncoding.PATH.append(buffer, c);
      return Next.GO_ON;
    }
    addStep(taken(), isSlash(c));
    if (c == '?') {
      return toQuery();
    }
    return c == '#' ? toFragment() : Next.GO_ON;
  }

  private void addStep(String step, boolean more) {
    var plain = step.toLowerCase(java.util.Locale.ROOT).replace("%2e", ".");
    if (plain.equals("..")) {
      url.shortenPath();
    }
    if (plain.equals(".") || plain.equals("..")) {
      if (!more) {
        url.path.add("");
      }
    } else if (url.isFile() && url.path.isEmpty() && isDrive(step)) {
      url.path.add(step.charAt(0) + ":");
    } else {
      url.path.add(step);
    }
  }

  private Next opaquePath(int c) {
    if (c == '?' || c == '#' || c == END) {
      url.opaquePath = url.opaquePath + taken();
      return c == '?' ? toQuery() : c == '#' ? toFragment() : Next.GO_ON;
    }
    boolean last = at + 1 < input.length && (input[at + 1] == '?' || input[at + 1] == '#');
    if (c == ' ' && last) {
      buffer.append("%20"); // or it would be lost when what follows is taken away
    } else {
      PercentEncoding.C0_CONTROL.append(buffer, c);
    }
    return Next.GO_ON;
  }

  private Next query(int c) {
    if (c != END && (override != null || c != '#')) {
      buffer.appendCodePoint(c);
      return Next.GO_ON;
    }
    var set = url.isSpecial() ? PercentEncoding.SPECIAL_QUERY : PercentEncoding.QUERY;
    url.query = url.query + set.encode(taken());
    return c == '#' ? toFragment() : Next.GO_ON;
  }

  private Next fragment(int c) {
    if (c != END) {
      PercentEncoding.FRAGMENT.append(buffer, c);
    } else {
      url.fragment = url.fragment + taken();
    }
    return Next.GO_ON;
  }
}
