#include "http/client.h"

#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace runut::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Failure = boost::system::error_code;
using Deadline = std::chrono::steady_clock::time_point;
using Parser = beast::http::response_parser<beast::http::string_body>;
using Message = beast::http::request<beast::http::string_body>;

tl::unexpected<Error> refused(ErrorCode code, std::string_view rule, std::string value,
                              std::string message) {
  return fail(Error{code, std::string(rule), "url", std::move(value), std::move(message)});
}

AddressKind kind_of(const asio::ip::address_v4& address) {
  const std::uint32_t bits = address.to_uint();
  const auto in = [&](std::uint32_t network, int prefix) {
    return bits >> (32 - prefix) == network >> (32 - prefix);
  };
  if (in(0x7F000000, 8)) return AddressKind::loopback;
  if (in(0xA9FE0000, 16)) return AddressKind::link_local;
  if (in(0, 8) || in(0xE0000000, 3)) return AddressKind::special;
  if (in(0x0A000000, 8) || in(0xAC100000, 12) || in(0xC0A80000, 16) || in(0x64400000, 10))
    return AddressKind::inner;
  return AddressKind::global;
}

AddressKind kind_of(const asio::ip::address& address) {
  if (address.is_v4()) return kind_of(address.to_v4());
  const asio::ip::address_v6 six = address.to_v6();
  if (six.is_v4_mapped()) return kind_of(asio::ip::make_address_v4(asio::ip::v4_mapped, six));
  if (six.is_loopback()) return AddressKind::loopback;
  if (six.is_link_local()) return AddressKind::link_local;
  if (six.is_unspecified() || six.is_multicast()) return AddressKind::special;
  return (six.to_bytes()[0] & 0xFE) == 0xFC ? AddressKind::inner : AddressKind::global;
}

bool is_header_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '\t' || (c >= ' ' && c != '\x7f'); });
}

Result<Message> message_of(const ClientRequest& request, const Url& url) {
  Message out{beast::http::string_to_verb(std::string(to_string(request.method))), url.target, 11};
  if (out.method() == beast::http::verb::unknown)
    return refused(ErrorCode::invalid_input, "http.method", {}, "this method cannot be sent");
  for (const Field& field : request.headers) {
    if (field.name.empty() || field.name.find_first_of(" \t:") != std::string::npos ||
        !is_header_text(field.name) || !is_header_text(field.value))
      return fail(Error{ErrorCode::invalid_input,
                        "http.header",
                        field.name,
                        {},
                        "a header has a name and a value of one line"});
    out.insert(field.name, field.value);
  }
  out.set(beast::http::field::host, url.authority());
  if (out.find(beast::http::field::user_agent) == out.end())
    out.set(beast::http::field::user_agent, "runut/" RUNUT_VERSION);
  out.keep_alive(true);
  out.body() = request.body;
  out.prepare_payload();
  return out;
}

}  // namespace

std::optional<std::string_view> ClientResponse::header(std::string_view name) const {
  for (const Field& field : headers)
    if (beast::iequals(field.name, {name.data(), name.size()})) return field.value;
  return std::nullopt;
}

class Client::Connection {
 public:
  explicit Connection(ClientOptions options) : options_(std::move(options)) {}

  Result<ClientResponse> fetch(const ClientRequest& request) {
    RUNUT_ASSIGN(const Url url, parse_url(request.url));
    RUNUT_ASSIGN(Message message, message_of(request, url));
    const bool repeatable =
        request.repeatable || request.method == Method::get || request.method == Method::head;
    const Deadline deadline = std::chrono::steady_clock::now() + options_.total_max;
    const bool kept = is_kept_for(url);
    auto answer = kept ? exchange(message, deadline) : fresh(url, message, deadline);
    // The server closed the kept connection while the request was on its way.
    if (!answer && kept && repeatable && answer.error().rule == "http.broken")
      answer = fresh(url, message, deadline);
    return answer;
  }

 private:
  Result<ClientResponse> fresh(const Url& url, Message& message, Deadline deadline) {
    RUNUT_TRY(connect(url, deadline));
    return exchange(message, deadline);
  }

  [[nodiscard]] tcp::socket& socket() { return secure_ ? secure_->next_layer() : *plain_; }

  // Open, to the same origin, and silent: nothing that was not asked for, no end.
  bool is_kept_for(const Url& url) {
    if (origin_ != url.origin() || (!plain_ && !secure_)) return false;
    char peeked = 0;
    const auto got = ::recv(socket().native_handle(), &peeked, 1, MSG_PEEK | MSG_DONTWAIT);
    const bool silent = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (!silent || buffer_.size() > 0) close();
    return silent && (plain_ || secure_);
  }

  void close() {
    Failure ignored;
    if (plain_ || secure_) socket().close(ignored);
    origin_.clear();
  }

  // Runs one operation to its end or to the deadline; then `stop` makes it end. What the operation
  // uses must live until it has ended; only a name's resolution is left behind (`abandon`).
  template <class Start, class Stop>
  Failure within(Deadline deadline, Start start, Stop stop, bool abandon = false) {
    struct Ending {
      bool reached = false;
      Failure failure;
    };
    const auto ending = std::make_shared<Ending>();
    start([ending](Failure failure, auto&&...) { *ending = {true, failure}; });
    io_.restart();
    while (!ending->reached && io_.run_one_until(deadline) > 0) {
    }
    if (ending->reached) return ending->failure;
    stop();
    io_.restart();
    while (!abandon && !ending->reached && io_.run_one() > 0) {
    }
    return asio::error::timed_out;
  }

  Result<std::vector<tcp::endpoint>> resolve(const Url& url, Deadline deadline) {
    Failure literal;
    const auto address = asio::ip::make_address(url.host, literal);
    if (!literal) return std::vector{tcp::endpoint(address, url.port)};
    const auto found = std::make_shared<std::vector<tcp::endpoint>>();
    const Failure failure = within(
        deadline,
        [&](auto end) {
          resolver_.async_resolve(
              url.host, std::to_string(url.port), tcp::resolver::numeric_service,
              [found, end](Failure failed, const tcp::resolver::results_type& results) mutable {
                for (const auto& result : results) found->push_back(result.endpoint());
                end(failed);
              });
        },
        [&] { resolver_.cancel(); }, true);
    if (failure == asio::error::timed_out) return timed_out("its name was not resolved in time");
    if (failure || found->empty())
      return refused(ErrorCode::unavailable, "http.name", url.host,
                     "the name does not resolve: " + failure.message());
    return std::move(*found);
  }

  Status connect(const Url& url, Deadline total) {
    close();
    buffer_.clear();
    const Deadline deadline =
        std::min(total, std::chrono::steady_clock::now() + options_.connect_max);
    RUNUT_ASSIGN(const auto endpoints, resolve(url, deadline));
    Failure failure;
    std::optional<Error> forbidden;
    for (const tcp::endpoint& endpoint : endpoints) {
      if (options_.may_connect) {
        const Status allowed =
            options_.may_connect({endpoint.address().to_string(), kind_of(endpoint.address())});
        if (!allowed) {
          forbidden = allowed.error();
          continue;
        }
      }
      RUNUT_TRY(prepare(url));
      failure = within(
          deadline, [&](auto end) { socket().async_connect(endpoint, end); }, [&] { close(); });
      if (failure) continue;
      Failure ignored;
      socket().set_option(tcp::no_delay(true), ignored);
      if (secure_) RUNUT_TRY(handshake(url, deadline));
      origin_ = url.origin();
      return {};
    }
    if (!failure && forbidden) return fail(*forbidden);
    if (failure == asio::error::timed_out) return timed_out("no connection was made in time");
    return refused(ErrorCode::unavailable, "http.connect", url.authority(),
                   "no connection: " + failure.message());
  }

  // A stream that is not connected yet.
  Status prepare(const Url& url) {
    plain_.reset();
    secure_.reset();
    if (!url.secure) {
      plain_.emplace(io_);
      return {};
    }
    if (!tls_) RUNUT_TRY(prepare_tls());
    secure_ = std::make_unique<asio::ssl::stream<tcp::socket>>(io_, *tls_);
    Failure literal;
    asio::ip::make_address(url.host, literal);
    // Server name indication is for names only (RFC 6066 section 3).
    if (literal) SSL_set_tlsext_host_name(secure_->native_handle(), url.host.c_str());
    secure_->set_verify_callback(asio::ssl::host_name_verification(url.host));
    return {};
  }

  Status prepare_tls() {
    asio::ssl::context context(asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_verify_mode(asio::ssl::verify_peer);
    Failure failure;
    if (options_.ca_file.empty())
      context.set_default_verify_paths(failure);
    else
      context.load_verify_file(options_.ca_file, failure);
    if (failure)
      return fail(Error{ErrorCode::unavailable, "http.tls", "ca_file", options_.ca_file,
                        "the certificates to trust cannot be read: " + failure.message()});
    tls_.emplace(std::move(context));
    return {};
  }

  Status handshake(const Url& url, Deadline deadline) {
    const Failure failure = within(
        deadline, [&](auto end) { secure_->async_handshake(asio::ssl::stream_base::client, end); },
        [&] { close(); });
    if (!failure) return {};
    std::string why = failure.message();
    const long verdict = SSL_get_verify_result(secure_->native_handle());
    if (verdict != X509_V_OK) why = X509_verify_cert_error_string(verdict);
    close();
    if (failure == asio::error::timed_out) return timed_out("the TLS handshake took too long");
    return refused(ErrorCode::unavailable, "http.tls", url.authority(),
                   "the TLS handshake failed: " + why);
  }

  Result<ClientResponse> exchange(Message& message, Deadline deadline) {
    return secure_ ? exchange_on(*secure_, message, deadline)
                   : exchange_on(*plain_, message, deadline);
  }

  template <class Stream>
  Result<ClientResponse> exchange_on(Stream& stream, Message& message, Deadline deadline) {
    const auto stop = [&] { close(); };
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(options_.header_bytes_max));
    parser.body_limit(options_.body_bytes_max);
    parser.skip(message.method() == beast::http::verb::head);
    Failure failure = within(
        deadline, [&](auto end) { beast::http::async_write(stream, message, end); }, stop);
    if (!failure) {
      failure = within(
          deadline, [&](auto end) { beast::http::async_read(stream, buffer_, parser, end); }, stop);
    }
    if (failure) {
      close();
      return broken(failure, parser.got_some());
    }
    ClientResponse out;
    out.status = parser.get().result_int();
    for (const auto& field : parser.get())
      out.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    out.body = std::move(parser.get().body());
    if (!parser.get().keep_alive()) close();
    return out;
  }

  static tl::unexpected<Error> broken(const Failure& failure, bool answering) {
    using beast::http::error;
    if (failure == asio::error::timed_out) return timed_out("the answer did not come in time");
    if (failure == error::body_limit || failure == error::header_limit ||
        failure == error::buffer_overflow)
      return refused(ErrorCode::exhausted, "http.size", {}, "the answer is larger than is read");
    const bool ended =
        failure.category() != beast::http::make_error_code(error::end_of_stream).category() ||
        failure == error::end_of_stream || failure == error::partial_message;
    if (!ended)
      return refused(ErrorCode::corrupt, "http.malformed", {},
                     "the answer is no HTTP: " + failure.message());
    return refused(ErrorCode::unavailable, answering ? "http.cut" : "http.broken", {},
                   "the connection ended early: " + failure.message());
  }

  static tl::unexpected<Error> timed_out(std::string message) {
    return refused(ErrorCode::unavailable, "http.timeout", {}, std::move(message));
  }

  const ClientOptions options_;
  asio::io_context io_{1};
  tcp::resolver resolver_{io_};
  std::optional<asio::ssl::context> tls_;
  std::optional<tcp::socket> plain_;
  std::unique_ptr<asio::ssl::stream<tcp::socket>> secure_;
  // A bound of its own: the parser has none for a chunk's header and for the trailer.
  beast::flat_buffer buffer_{options_.header_bytes_max + (std::size_t{64} << 10)};
  std::string origin_;  // of the connection that is open; empty when none is
};

Client::Client(ClientOptions options)
    : connection_(std::make_unique<Connection>(std::move(options))) {}
Client::~Client() = default;

Result<ClientResponse> Client::fetch(const ClientRequest& request) {
  return connection_->fetch(request);
}

}  // namespace runut::http
