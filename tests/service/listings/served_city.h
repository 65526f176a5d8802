// The small city on the disk, with something in every listing, asked over HTTP's handlers without a
// socket: what the routes say beside what the binary says.
#pragma once

#include <boost/json.hpp>

#include "cli/city.h"
#include "http/dispatcher.h"
#include "service/reading.h"

namespace runut::testing {

// One ledger behind routes, asked without a socket.
class Served {
 public:
  Served(const std::string& data, const std::string& keys);
  ~Served();

  // Once, after `reading` is as it shall be.
  void serve(std::vector<http::Route> routes);

  [[nodiscard]] http::Response ask(http::Method method, const std::string& target,
                                   std::vector<http::Field> headers = {},
                                   std::string body = {}) const;
  [[nodiscard]] http::Response get(const std::string& target,
                                   std::vector<http::Field> headers = {}) const {
    return ask(http::Method::get, target, std::move(headers));
  }
  [[nodiscard]] boost::json::object json(const std::string& target) const;
  [[nodiscard]] std::string csv(const std::string& target) const;

  // Records lines of commands, which must all be accepted; the views have folded them on return.
  void record(const std::string& lines) const;
  // The same, without waiting for the views.
  void submit(const std::string& lines) const;
  [[nodiscard]] const service::Ledger& ledger() const { return *ledgers_.all().begin()->second; }

 private:
  service::Ledgers ledgers_;
  std::unique_ptr<http::Dispatcher> dispatcher_;

 public:
  service::Reading reading{ledgers_};
};

// A town of eighty whose people have qualifications: what needs no city is quickly made.
class ServedTown : public LedgerOnDisk {
 protected:
  void SetUp() override;
  std::string qualification(unsigned person);
};

class ServedCity : public CityOnDisk {
 protected:
  void SetUp() override;
  // A line of a command after everything that the city did.
  std::string line(const std::string& command, const std::string& data,
                   const std::string& text = {}, const std::string& appraiser = {});
  // Qualifications, a survey and feedback of some; merit, an import.
  std::string more_facts();

  std::string decree_;  // of the Sekretaris Daerah, as JSON
  unsigned lines_ = 0;
};

[[nodiscard]] std::string header_of(const http::Response& response, std::string_view name);

}  // namespace runut::testing
