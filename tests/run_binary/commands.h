// Commands of a small simulated ledger as NDJSON lines.
#pragma once

#include <string>

namespace runut::testing {

// Writes lines with ids and times that count up.
class CommandFile {
 public:
  explicit CommandFile(std::string agency = "kota-uji") : agency_(std::move(agency)) {}

  struct Ask {
    std::string command;
    std::string data;  // JSON object
    std::string actor = "S1";
    std::string role = "hr";
    std::string text{};  // of `text`, as it stands
    std::string assurance = "claimed";
  };
  // The line, with its line feed; not added.
  [[nodiscard]] std::string line(const Ask& ask);
  CommandFile& add(const Ask& ask) {
    text_ += line(ask);
    return *this;
  }

  // A founded agency, unit U1, person P1 (Walikota of U1) and people P2 to P`people`.
  CommandFile& town(unsigned people = 3);

  [[nodiscard]] const std::string& text() const { return text_; }
  // Id of the line made last.
  [[nodiscard]] std::string last_id() const;

 private:
  std::string agency_;
  std::string text_;
  unsigned number_ = 0;
};

}  // namespace runut::testing
