// What arrives and what is answered, as plain values: handlers know no sockets, and tests call them
// without any.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace runut::http {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, other };
[[nodiscard]] std::string_view to_string(Method method);

struct Field {
  std::string name;
  std::string value;
  friend bool operator==(const Field&, const Field&) = default;
};

// As names of fields are compared, media types and such: by ASCII letters of either case.
[[nodiscard]] bool is_same_in_any_case(std::string_view a, std::string_view b);

struct Request {
  Method method = Method::get;
  std::string target;                 // as sent
  std::vector<std::string> segments;  // of the path, percent-decoded: "/v1/a" is {"v1", "a"}
  std::vector<Field> query;           // percent-decoded, in order
  std::vector<Field> headers;         // names as sent
  std::string body;
  std::string peer;         // address of the client
  std::string certificate;  // subject of the client's certificate that TLS has verified; or empty

  // By its name in any case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

// A body that is made while it is sent. Whoever sends it asks for the next piece once the one
// before is on its way, so a slow client holds one piece and no more.
class Stream {
 public:
  virtual ~Stream() = default;
  // On the network's thread. Null: it has ended. Empty: nothing now; then `wake` of the last
  // on_ready() is called once, from any thread, as soon as it is worth asking again.
  [[nodiscard]] virtual std::optional<std::string> next() = 0;
  // Called before the first next(). The stream must not call `wake` after its destructor.
  virtual void on_ready(std::function<void()> wake) = 0;
};

struct Response {
  unsigned status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<Field> headers;
  std::shared_ptr<Stream> stream;  // instead of `body`

  Response& with(std::string_view name, std::string value) & {
    if (headers.empty()) headers.reserve(8);  // most answers have no more
    headers.emplace_back(std::string(name), std::move(value));
    return *this;
  }
  Response&& with(std::string_view name, std::string value) && {
    with(name, std::move(value));
    return std::move(*this);
  }
};

// Takes the answer to a request: exactly once, from any thread.
using Reply = std::function<void(Response&&)>;

}  // namespace runut::http
