// The small city on the disk, with something in every listing, asked over HTTP's handlers without a
// socket: what the routes say beside what the binary says.
#pragma once

#include <boost/json.hpp>

#include "cli/city.h"
#include "service/reading.h"

namespace runut::testing {

// A request as the network would bring it: "/v1/kota-kediri/posts?all=true".
[[nodiscard]] http::Request request_for(const std::string& target,
                                        std::vector<http::Field> headers = {});

// One ledger, opened for writing, behind routes.
class Served {
 public:
  Served(const std::string& data, const std::string& keys);
  ~Served();

  [[nodiscard]] http::Response get(const std::string& target,
                                   std::vector<http::Field> headers = {}) const;
  [[nodiscard]] boost::json::object json(const std::string& target) const;
  [[nodiscard]] std::string csv(const std::string& target) const;

  // Imports lines of commands, which must all be accepted; the views have folded them on return.
  void record(const std::string& lines) const;
  // The same, without waiting for the views.
  void submit(const std::string& lines) const;

  service::Reading reading{};  // change it before add()
  void add(std::vector<http::Route> routes);
  [[nodiscard]] Instance& instance() const { return *instance_; }

 private:
  std::unique_ptr<Instance> instance_;
  std::vector<http::Route> routes_;
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
