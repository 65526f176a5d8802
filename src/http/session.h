// One connection, over TCP or TLS: reads a request, has it answered, writes the answer, reads the
// next. Everything on the network thread that has it. Included by the server's sources alone.
//
// Beast parses; reading and deadlines are done here. Its composed operations cost more than the
// parsing: each posts its completion once more and begins and cancels a timer of its own.
#pragma once

#include <openssl/err.h>
#include <openssl/sslerr.h>
#include <sys/socket.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "http/problem.h"
#include "http/server.h"
#include "http/tls_context.h"
#include "http/wire.h"

namespace runut::http {

// What all connections share, of every network thread.
struct Shared {
  Shared(ServerOptions limits, Admit admitting)
      : options(std::move(limits)), admit(std::move(admitting)) {}

  const ServerOptions options;
  const Admit admit;
  std::atomic<std::size_t> bodies_bytes{0};   // held for requests, of all connections
  std::atomic<std::size_t> answers_bytes{0};  // of long answers that are being written
  std::atomic<std::uint64_t> open{0};
  std::atomic<std::uint64_t> answers_dropped{0};
  std::atomic<std::uint64_t> malformed{0};
  std::atomic<bool> stopping{false};
};

// Without type erasure: copying an any_io_executor is a twentieth of a small request.
using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class SessionBase : public std::enable_shared_from_this<SessionBase> {
 public:
  using Clock = std::chrono::steady_clock;

  virtual ~SessionBase() = default;
  virtual void start() = 0;
  // No further request; a connection that waits for one ends now.
  virtual void finish() = 0;
  virtual void cut() = 0;
  // What it waits for: the answer, or the next piece of one.
  virtual void answer(Response&& response) = 0;
  virtual void woken() = 0;
  // The answer that it waits for will not come.
  virtual void abandon() = 0;
  // Something took longer than it may: whoever looks around cuts it.
  [[nodiscard]] bool is_overdue(Clock::time_point now) const {
    return now >= read_by_ || now >= write_by_;
  }

 protected:
  static constexpr Clock::time_point never = Clock::time_point::max();
  void read_within(std::chrono::milliseconds time) { read_by_ = Clock::now() + time; }
  void write_within(std::chrono::milliseconds time) { write_by_ = Clock::now() + time; }

  Clock::time_point read_by_ = never;
  Clock::time_point write_by_ = never;
};

// The way onto a network thread for everybody else, also when the server is gone. What is posted
// before that thread comes by goes in one piece: it is woken once.
class Mailbox : public std::enable_shared_from_this<Mailbox> {
 public:
  explicit Mailbox(boost::asio::io_context& context) : context_(&context) {}

  // Without an answer: there is more of the one that is being sent.
  void post(std::weak_ptr<SessionBase> to, std::optional<Response>&& answer) {
    const std::lock_guard lock(mutex_);
    if (context_ == nullptr) return;
    letters_.emplace_back(std::move(to), std::move(answer));
    if (letters_.size() > 1) return;
    boost::asio::post(*context_, [self = shared_from_this()] { self->deliver(); });
  }
  void close() {
    {
      const std::lock_guard lock(mutex_);
      context_ = nullptr;
    }
    take();
  }

 private:
  // A session ends on the network's thread alone: others hold it weakly.
  struct Letter {
    std::weak_ptr<SessionBase> to;
    std::optional<Response> answer;
  };

  void deliver() {
    for (Letter& letter : take())
      if (const auto session = letter.to.lock())
        letter.answer ? session->answer(std::move(*letter.answer)) : session->woken();
  }

  // Whoever holds them destroys them, without the lock.
  std::vector<Letter> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(letters_, {});
  }

  std::mutex mutex_;
  boost::asio::io_context* context_;
  std::vector<Letter> letters_;
};

template <class Wire>
class Session final : public SessionBase {
 public:
  template <class... Arguments>
  Session(std::shared_ptr<Shared> shared, std::shared_ptr<Mailbox> mailbox, std::string peer,
          Arguments&&... arguments)
      : shared_(std::move(shared)),
        mailbox_(std::move(mailbox)),
        wire_(std::forward<Arguments>(arguments)...),
        peer_(std::move(peer)) {}
  ~Session() override {
    release_body();
    release_answer();
  }

  void start() override {
    if constexpr (is_tls) {
      waiting_ = true;
      read_within(shared_->options.header_time);
      wire_.async_handshake(boost::asio::ssl::stream_base::server,
                            [this, self = shared_from_this()](Failure failure) {
                              waiting_ = false;
                              if (failure) return handshake_failed(failure);
                              is_open_ = true;
                              certificate_ = certificate_subject(wire_.native_handle());
                              wait();
                            });
    } else {
      wait();
    }
  }

  void finish() override {
    if (waiting_ || stream_) cut();
  }

  void cut() override {
    Failure ignored;
    socket().close(ignored);
    read_by_ = write_by_ = never;
    if (stream_) itself_.reset();
  }

  void answer(Response&& response) override {
    itself_.reset();
    write(std::move(response));
  }

  void woken() override {
    if (stream_ && !pumping_) pump();
  }

  void abandon() override { itself_.reset(); }

 private:
  static constexpr bool is_tls = !std::is_same_v<Wire, Socket>;
  // Of what a client sends at a time; a body of more is read in larger pieces.
  static constexpr std::size_t read_bytes = 4'096;
  static constexpr std::size_t read_bytes_max = std::size_t{64} << 10;
  // An answer's body up to here goes out with its header.
  static constexpr std::size_t joined_bytes_max = std::size_t{16} << 10;
  using Failure = boost::system::error_code;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using HttpError = boost::beast::http::error;

  Socket& socket() {
    if constexpr (is_tls)
      return wire_.next_layer();
    else
      return wire_;
  }

  // Whoever speaks plain HTTP is answered so; for all others TLS has its own alert.
  void handshake_failed(Failure failure) {
    if (failure.category() != boost::asio::error::get_ssl_category() ||
        ERR_GET_REASON(static_cast<unsigned long>(failure.value())) != SSL_R_HTTP_REQUEST)
      return end();
    ++shared_->malformed;
    framing_.keep_alive = false;
    const Response response = problem(
        Error{ErrorCode::invalid_input, "http.tls", {}, {}, "TLS is spoken here: ask by https://"});
    append_header(out_, response, framing_);
    out_ += response.body;
    write_within(shared_->options.write_time);
    boost::asio::async_write(
        socket(), boost::asio::buffer(out_),
        [this, self = shared_from_this()](Failure failed, std::size_t) { failed ? cut() : end(); });
  }

  // For the first byte of a request.
  void wait() {
    stream_.reset();
    release_body();
    // Not at once: a client that sends many requests together would have them answered one inside
    // the other.
    if (buffer_.size() > 0)
      return boost::asio::post(socket().get_executor(),
                               [this, self = shared_from_this()] { begin_request(); });
    if (shared_->stopping) return end();
    waiting_ = true;
    read_within(shared_->options.idle_time);
    wire_.async_read_some(buffer_.prepare(read_bytes),
                          [this, self = shared_from_this()](Failure failure, std::size_t bytes) {
                            waiting_ = false;
                            if (failure) return end();
                            buffer_.commit(bytes);
                            begin_request();
                          });
  }

  void begin_request() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_->options.header_bytes_max));
    parser_->body_limit(boost::none);
    is_header_read_ = false;
    read_within(shared_->options.header_time);
    parse();
  }

  // What has arrived; waits for more until the header, and then the body, is whole.
  void parse() {
    Failure failure;
    if (buffer_.size() > 0) buffer_.consume(parser_->put(buffer_.data(), failure));
    if (failure && failure != HttpError::need_more) return parse_failed(failure);
    if (!is_header_read_ && parser_->is_header_done()) return take_header();
    if (parser_->is_done()) return serve();
    // What stays unread of a body is the beginning of a chunk's header, or of the trailer: the
    // parser has no limit to those.
    if (is_header_read_ && buffer_.size() > shared_->options.header_bytes_max) {
      ++shared_->malformed;
      return refuse(400, "http.chunk_header",
                    "the header of a chunk, or the trailer, is longer than " +
                        std::to_string(shared_->options.header_bytes_max) + " bytes");
    }
    std::size_t wanted = read_bytes;
    if (is_header_read_ && held_ > read_bytes)
      wanted = std::min<std::size_t>(held_, read_bytes_max);
    wire_.async_read_some(buffer_.prepare(wanted),
                          [this, self = shared_from_this()](Failure failed, std::size_t bytes) {
                            if (failed == boost::asio::error::eof)
                              return parse_failed(HttpError::partial_message);
                            if (failed) return cut();
                            buffer_.commit(bytes);
                            parse();
                          });
  }

  void parse_failed(Failure failure) {
    if (failure == HttpError::header_limit)
      return refuse(431, "http.header_size",
                    "the header is longer than " +
                        std::to_string(shared_->options.header_bytes_max) + " bytes");
    if (failure == HttpError::body_limit) return too_large();
    if (is_header_read_ && failure == HttpError::partial_message) return cut();
    ++shared_->malformed;
    refuse(400, "http.syntax",
           (is_header_read_ ? "the body is malformed: " : "this is no HTTP request: ") +
               failure.message());
  }

  void take_header() {
    is_header_read_ = true;
    const auto& message = parser_->get();
    framing_ = {.keep_alive = message.keep_alive(),
                .old_version = message.version() < 11,
                .head_only = message.method() == boost::beast::http::verb::head};
    auto read = ::runut::http::read_header(message);
    if (!read) {
      ++shared_->malformed;
      return refuse(problem(read.error()));
    }
    read->peer = peer_;
    read->certificate = certificate_;
    request_ = std::move(*read);
    auto admitted = shared_->admit(request_);
    if (auto* refused = std::get_if<Response>(&admitted)) return refuse(std::move(*refused));
    admitted_ = std::move(std::get<Admitted>(admitted));
    if (parser_->is_done()) return serve();

    const std::uint64_t length = parser_->content_length().value_or(admitted_.body_max);
    if (length > admitted_.body_max) return too_large();
    held_ = length;
    if (shared_->bodies_bytes.fetch_add(held_) + held_ > shared_->options.bodies_bytes_max) {
      release_body();
      return refuse(503, "http.bodies", "too many bodies are on their way at once");
    }
    parser_->body_limit(admitted_.body_max);
    parser_->eager(true);
    expect();
  }

  // "Expect: 100-continue" (RFC 9110 section 10.1.1).
  void expect() {
    const auto expectation = request_.header("Expect");
    if (!expectation || framing_.old_version) return read_body();
    if (!boost::beast::iequals(*expectation, "100-continue"))
      return refuse(417, "http.expectation", "only 100-continue can be expected");
    out_ = "HTTP/1.1 100 Continue\r\n\r\n";
    write_within(shared_->options.write_time);
    boost::asio::async_write(wire_, boost::asio::buffer(out_),
                             [this, self = shared_from_this()](Failure failure, std::size_t) {
                               if (failure) return cut();
                               write_by_ = never;
                               read_body();
                             });
  }

  void read_body() {
    read_within(shared_->options.body_time);
    parse();
  }

  void too_large() {
    refuse(413, "http.body_size",
           "the body is longer than " + std::to_string(admitted_.body_max) + " bytes");
  }

  void serve() {
    read_by_ = never;
    // A large body's buffer is not kept for the small ones that may follow.
    if (buffer_.capacity() > 4 * read_bytes) buffer_.shrink_to_fit();
    request_.body = std::move(parser_->get().body());
    const auto go = std::move(admitted_.serve);
    itself_ = shared_from_this();
    go(std::move(request_), [weak = weak_from_this(), mailbox = mailbox_](Response&& response) {
      mailbox->post(weak, std::move(response));
    });
  }

  void refuse(unsigned status, std::string_view rule, std::string message) {
    refuse(problem(status,
                   Error{ErrorCode::invalid_input, std::string(rule), {}, {}, std::move(message)}));
  }

  // Before the body was read. What of it is still to come would be taken for the next request: the
  // connection ends, unless there is none.
  void refuse(Response response) {
    if (!parser_->is_done()) framing_.keep_alive = false;
    write(std::move(response));
  }

  void write(Response response) {
    read_by_ = never;  // a refusal comes while the time for the request still runs
    if (shared_->stopping || (response.stream && framing_.old_version)) framing_.keep_alive = false;
    stream_ = response.stream;
    const bool whole =
        !stream_ && !framing_.head_only && response.status != 204 && response.status != 304;
    if (whole && response.body.size() > joined_bytes_max && !hold_answer(response.body.size()))
      response = in_place_of(response);
    out_.clear();
    append_header(out_, response, framing_);
    if (framing_.head_only) stream_.reset();
    if (whole && response.body.size() <= joined_bytes_max)
      out_ += response.body;
    else if (whole)
      body_ = std::move(response.body);
    if (stream_) {
      stream_->on_ready(
          [weak = weak_from_this(), mailbox = mailbox_] { mailbox->post(weak, std::nullopt); });
      watch();
    }
    write_within(shared_->options.write_time);
    write_out(0);
  }

  // Whoever asks for long answers and does not read them holds memory, so there is a limit to that
  // of all together.
  bool hold_answer(std::size_t bytes) {
    answer_held_ = bytes;
    const std::size_t before = shared_->answers_bytes.fetch_add(answer_held_);
    if (before + answer_held_ <= shared_->options.answers_bytes_max) return true;
    release_answer();
    ++shared_->answers_dropped;
    return false;
  }

  void release_answer() {
    shared_->answers_bytes -= answer_held_;
    answer_held_ = 0;
  }

  static Response in_place_of(const Response& answer) {
    Response out = problem(503, Error{ErrorCode::exhausted,
                                      "http.answers",
                                      {},
                                      {},
                                      "too many long answers wait for their clients to read them"});
    for (const Field& field : answer.headers)
      if (field.name == "X-Request-Id") out.headers.push_back(field);
    return out;
  }

  // The header and what has been joined to it, then the rest of the body. Mostly the socket takes
  // it at once, and no operation is begun.
  void write_out(std::size_t from) {
    if constexpr (!is_tls) {
      Failure failure;
      from += socket().send(boost::asio::buffer(out_) + from, 0, failure);
      if (failure && failure != boost::asio::error::would_block) return cut();
      if (from == out_.size()) return write_body();
    }
    boost::asio::async_write(wire_, boost::asio::buffer(out_) + from,
                             [this, self = shared_from_this()](Failure failure, std::size_t) {
                               if (failure) return cut();
                               write_body();
                             });
  }

  void write_body() {
    if (body_.empty()) return stream_ ? pump() : written();
    boost::asio::async_write(wire_, boost::asio::buffer(body_),
                             [this, self = shared_from_this()](Failure failure, std::size_t) {
                               if (failure) return cut();
                               written();
                             });
  }

  void written() {
    write_by_ = never;
    release_answer();
    std::string().swap(body_);
    has_ended_ = is_reading_ahead_;
    if (has_ended_) return;
    if (!framing_.keep_alive) return end();
    wait();
  }

  // The next piece of a stream, or none for now.
  void pump() {
    if (shared_->stopping) return cut();
    if (!socket().is_open()) return;  // cut while the piece before was on its way
    std::optional<std::string> piece = stream_->next();
    if (piece && piece->empty()) {
      write_by_ = never;
      pumping_ = false;
      std::string().swap(out_);  // thousands may wait for long
      itself_ = shared_from_this();
      return;
    }
    itself_.reset();
    pumping_ = true;
    const bool last = !piece;
    if (framing_.old_version)
      out_ = last ? std::string() : std::move(*piece);
    else
      out_ = write_chunk(last ? std::string_view() : *piece);
    write_within(shared_->options.write_time);
    boost::asio::async_write(wire_, boost::asio::buffer(out_),
                             [this, last, self = shared_from_this()](Failure failure, std::size_t) {
                               if (failure) return cut();
                               last ? written() : pump();
                             });
  }

  // A client that leaves while there is nothing to send is noticed all the same. One that sends its
  // next request meanwhile is looked at no more until the stream has ended.
  void watch() {
    socket().async_wait(Socket::wait_read, [weak = weak_from_this(), this](Failure failure) {
      const auto self = weak.lock();
      if (failure || !self || !stream_) return;
      char byte = 0;
      const ssize_t there = ::recv(socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
      if (there == 0 || (there < 0 && errno != EAGAIN && errno != EWOULDBLOCK)) return cut();
      if constexpr (is_tls) {
        if (there > 0) read_ahead();
      }
    });
  }

  // By TLS a client says that it leaves (RFC 8446 section 6.1): what there is to read may be that.
  void read_ahead() {
    is_reading_ahead_ = true;
    read_within(shared_->options.idle_time);
    wire_.async_read_some(buffer_.prepare(read_bytes),
                          [this, self = shared_from_this()](Failure failure, std::size_t bytes) {
                            is_reading_ahead_ = false;
                            read_by_ = never;
                            if (failure) return cut();
                            buffer_.commit(bytes);
                            if (has_ended_) written();
                          });
  }

  // Ends politely: by TLS the client is told that nothing was cut off (RFC 8446 section 6.1).
  void end() {
    stream_.reset();
    if constexpr (is_tls) {
      if (std::exchange(is_open_, false)) {
        read_within(std::chrono::seconds(2));
        return wire_.async_shutdown([this, self = shared_from_this()](Failure) { end_socket(); });
      }
    }
    end_socket();
  }

  // A socket that is closed with unread bytes resets the connection, and the client may never see
  // the answer.
  void end_socket() {
    Failure ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
    if (ignored) return cut();
    read_within(std::chrono::seconds(2));
    drain(256);
  }

  void drain(int rounds) {
    buffer_.clear();
    socket().async_read_some(buffer_.prepare(8'192), [this, rounds, self = shared_from_this()](
                                                         Failure failure, std::size_t) {
      if (failure || rounds == 0) return cut();
      drain(rounds - 1);
    });
  }

  void release_body() {
    shared_->bodies_bytes -= held_;
    held_ = 0;
  }

  const std::shared_ptr<Shared> shared_;
  const std::shared_ptr<Mailbox> mailbox_;
  Wire wire_;
  const std::string peer_;
  std::string certificate_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  Request request_;
  Admitted admitted_;
  Framing framing_;
  std::shared_ptr<Stream> stream_;
  std::string out_;                      // goes out now
  std::string body_;                     // the rest of a long answer, after `out_`
  std::size_t held_ = 0;                 // of Shared::bodies_bytes
  std::size_t answer_held_ = 0;          // of Shared::answers_bytes
  std::shared_ptr<SessionBase> itself_;  // while somebody else owes an answer, or a piece of it
  bool is_header_read_ = false;          // of the request that is being read
  bool is_open_ = false;  // TLS: the handshake is done, and nothing was said of an end
  bool waiting_ = false;  // for a request; nobody is owed anything
  bool pumping_ = true;
  bool is_reading_ahead_ = false;
  bool has_ended_ = false;  // the stream, while what was read ahead is not there yet
};

}  // namespace runut::http
