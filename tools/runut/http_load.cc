#include "tools/runut/http_load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>

namespace runut::cli {
namespace {

using Clock = std::chrono::steady_clock;

Error broken(std::string_view what) {
  return Error{ErrorCode::unavailable,
               "bench.http",
               {},
               {},
               std::string(what) + ": " + std::strerror(errno)};
}

class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

Result<Descriptor> connect_to(std::uint16_t port) {
  Descriptor out(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(out.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    return fail(broken("no connection"));
  const int on = 1;
  ::setsockopt(out.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return out;
}

// Of an answer that is whole; 0 for what is no status line.
int status_of(std::string_view answer) {
  int status = 0;
  const std::string_view digits = answer.substr(std::min<std::size_t>(9, answer.size()), 3);
  std::from_chars(digits.data(), digits.data() + digits.size(), status);
  return status;
}

Status send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return fail(broken("a request could not be sent"));
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

struct Client {
  Descriptor socket;
  std::string buffer;
  Clock::time_point sent;
};

// The length of the whole answer at the front of the buffer, 0 while it is not all there.
std::size_t whole_answer(const std::string& buffer, std::size_t& header) {
  const std::size_t end = buffer.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  header = end + 4;
  constexpr std::string_view name = "\r\nContent-Length: ";
  const std::size_t at = buffer.find(name);
  std::size_t length = 0;
  if (at != std::string::npos && at < end)
    std::from_chars(buffer.data() + at + name.size(), buffer.data() + end, length);
  return buffer.size() >= header + length ? header + length : 0;
}

// Waits for sockets that can be read; told by their index.
class Poller {
 public:
  explicit Poller(std::size_t clients) : epoll_(::epoll_create1(EPOLL_CLOEXEC)), ready_(clients) {}
  void add(int socket, std::size_t index) const {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = index;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket, &event);
  }
  template <class Visit>
  Status wait(Visit visit) {
    RUNUT_ASSIGN(const bool any, wait_up_to(std::chrono::seconds(30), visit));
    if (any) return {};
    errno = ETIMEDOUT;
    return fail(broken("no answer"));
  }
  // Whether there was any.
  template <class Visit>
  Result<bool> wait_up_to(std::chrono::milliseconds time, Visit visit) {
    const int count = ::epoll_wait(epoll_.get(), ready_.data(), static_cast<int>(ready_.size()),
                                   static_cast<int>(time.count()));
    for (int i = 0; i < count; ++i)
      RUNUT_TRY(visit(static_cast<std::size_t>(ready_[static_cast<std::size_t>(i)].data.u64)));
    return count > 0;
  }

 private:
  Descriptor epoll_;
  std::vector<epoll_event> ready_;
};

Result<std::string_view> receive(int socket, std::array<char, 65'536>& bytes) {
  const ssize_t got = ::recv(socket, bytes.data(), bytes.size(), 0);
  if (got <= 0) return fail(broken("the connection ended"));
  return std::string_view(bytes.data(), static_cast<std::size_t>(got));
}

}  // namespace

double LoadResult::percentile(double share) const {
  if (microseconds.empty()) return 0;
  std::vector<std::uint32_t> sorted = microseconds;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
  std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
  return static_cast<double>(sorted[static_cast<std::size_t>(at)]) / 1'000;
}

Result<LoadResult> run_load(const LoadOptions& options) {
  LoadResult out;
  out.microseconds.reserve(options.requests);
  const std::size_t connections = std::min(options.connections, options.requests);
  std::vector<Client> clients(connections);
  Poller poller(connections);
  std::size_t sent = 0;
  const auto send_next = [&](Client& client) -> Status {
    const std::string text = options.request(sent++);
    client.sent = Clock::now();
    return send_all(client.socket.get(), text);
  };
  for (std::size_t i = 0; i < connections; ++i) {
    RUNUT_ASSIGN(clients[i].socket, connect_to(options.port));
    poller.add(clients[i].socket.get(), i);
  }
  std::array<char, 65'536> bytes{};
  const auto begin = Clock::now();
  for (Client& client : clients) RUNUT_TRY(send_next(client));
  while (out.microseconds.size() < options.requests) {
    RUNUT_TRY(poller.wait([&](std::size_t index) -> Status {
      Client& client = clients[index];
      RUNUT_ASSIGN(const std::string_view got, receive(client.socket.get(), bytes));
      client.buffer += got;
      std::size_t header = 0;
      const std::size_t whole = whole_answer(client.buffer, header);
      if (whole == 0) return {};
      out.microseconds.push_back(static_cast<std::uint32_t>(
          std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - client.sent)
              .count()));
      ++out.statuses[status_of(client.buffer)];
      if (options.answer)
        options.answer(std::string_view(client.buffer).substr(header, whole - header));
      client.buffer.erase(0, whole);
      return sent < options.requests ? send_next(client) : Status{};
    }));
  }
  out.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return out;
}

std::string post_text(const std::string& path, const std::string& type, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string get_text(const std::string& path, const std::string& accept) {
  return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept + "\r\n\r\n";
}

struct Subscribers::All {
  struct One {
    Descriptor socket;
    std::uint64_t events = 0;
    bool has_begun = false;
    char last = 0;  // of the bytes before
  };
  explicit All(std::size_t count) : each(count), poller(count) {}

  // An event begins with its id, on a line of its own. What is split between two reads is found by
  // the byte before.
  Result<std::uint64_t> read(One& one) {
    RUNUT_ASSIGN(const std::string_view got, runut::cli::receive(one.socket.get(), bytes));
    std::uint64_t found = one.last == '\n' && got.starts_with("id:") ? 1 : 0;
    for (std::size_t at = got.find("\nid:"); at != got.npos; at = got.find("\nid:", at + 4))
      ++found;
    one.last = got.back();
    return found;
  }

  std::vector<One> each;
  Poller poller;
  std::array<char, 65'536> bytes{};
};

Subscribers::Subscribers(std::unique_ptr<All> all) : all_(std::move(all)) {}
Subscribers::Subscribers(Subscribers&&) noexcept = default;
Subscribers::~Subscribers() = default;

Result<Subscribers> Subscribers::connect(std::uint16_t port, std::size_t count,
                                         const std::string& path) {
  auto all = std::make_unique<All>(count);
  const std::string request = get_text(path, "text/event-stream");
  for (std::size_t i = 0; i < count; ++i) {
    RUNUT_ASSIGN(all->each[i].socket, connect_to(port));
    RUNUT_TRY(send_all(all->each[i].socket.get(), request));
    all->poller.add(all->each[i].socket.get(), i);
  }
  std::size_t begun = 0;
  const auto read = [&](std::size_t index) -> Status {
    All::One& one = all->each[index];
    begun += one.has_begun ? 0 : 1;
    one.has_begun = true;
    RUNUT_TRY(all->read(one));
    return {};
  };
  while (begun < count) RUNUT_TRY(all->poller.wait(read));
  return Subscribers(std::move(all));
}

Result<SubscriberResult> Subscribers::receive(std::uint64_t events) {
  for (All::One& one : all_->each) one.events = 0;
  SubscriberResult out;
  Clock::time_point first;
  Clock::time_point last;
  for (std::size_t done = 0; done < all_->each.size();)
    RUNUT_TRY(all_->poller.wait([&](std::size_t index) -> Status {
      All::One& one = all_->each[index];
      RUNUT_ASSIGN(const std::uint64_t found, all_->read(one));
      if (found == 0) return {};
      last = Clock::now();
      if (out.deliveries == 0) first = last;
      out.deliveries += found;
      const bool before = one.events < events;
      one.events += found;
      if (before && one.events >= events) ++done;
      return {};
    }));
  out.seconds = std::chrono::duration<double>(last - first).count();
  return out;
}

Status Subscribers::idle(std::chrono::milliseconds time) {
  const auto until = Clock::now() + time;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() <= 0) return {};
    RUNUT_TRY(all_->poller.wait_up_to(left, [&](std::size_t index) -> Status {
      return all_->read(all_->each[index]).map([](std::uint64_t) {});
    }));
  }
}

}  // namespace runut::cli
