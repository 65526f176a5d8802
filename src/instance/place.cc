#include "instance/place.h"

#include <algorithm>
#include <filesystem>

#include "seal/file_key_store.h"

namespace runut {
namespace {

namespace fs = std::filesystem;

bool is_store(const fs::path& directory) {
  std::error_code ignored;
  return fs::exists(directory / "CURRENT", ignored);
}

// What keeps us from looking is not the absence of a ledger. A directory that is not there is.
Status check_can_look(const fs::path& directory) {
  std::error_code failure;
  (void)fs::directory_iterator(directory, failure);
  if (!failure || failure == std::errc::no_such_file_or_directory) return {};
  const bool usage = failure == std::errc::not_a_directory;
  return fail(Error{usage ? ErrorCode::invalid_input : ErrorCode::unavailable,
                    {},
                    "data",
                    directory.string(),
                    "the directory cannot be read: " + failure.message()});
}

}  // namespace

bool is_agency_code(std::string_view code) {
  if (code.empty() || code.size() > 48 || code.front() == '-' || code.back() == '-') return false;
  return std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Result<std::vector<std::string>> agencies_in(const std::string& data) {
  RUNUT_TRY(check_can_look(data));
  std::vector<std::string> out;
  std::error_code failure;
  for (fs::directory_iterator at(data, failure), end; !failure && at != end;
       at.increment(failure)) {
    std::string name = at->path().filename().string();
    std::error_code ignored;
    if (!is_agency_code(name) || !at->is_directory(ignored)) continue;
    RUNUT_TRY(check_can_look(at->path()));
    if (is_store(at->path())) out.push_back(std::move(name));
  }
  if (out.empty())
    return fail(Error{ErrorCode::not_found, "agency.none", "data", data,
                      "there is no ledger in this directory; importing a file that begins with "
                      "FoundAgency makes one"});
  std::sort(out.begin(), out.end());
  return out;
}

Result<Place> place_of(std::string data, std::string keys, std::string agency) {
  while (data.size() > 1 && data.back() == '/') data.pop_back();
  if (!is_agency_code(agency))
    return fail(Error{ErrorCode::invalid_input, "agency.code", "agency", std::move(agency),
                      "a code has 1 to 48 lower-case letters, digits and inner '-'"});
  if (keys.empty()) keys = default_key_directory(data);
  RUNUT_TRY(check_can_look(data));
  return Place{std::move(data), std::move(keys), std::move(agency)};
}

bool has_ledger(const Place& place) {
  return is_store(place.directory());
}

Result<Place> locate(std::string data, std::string keys, std::string agency) {
  if (agency.empty()) {
    RUNUT_ASSIGN(const std::vector<std::string> agencies, agencies_in(data));
    if (agencies.size() > 1) {
      std::string names = agencies.front();
      for (std::size_t i = 1; i < agencies.size(); ++i) names += ", " + agencies[i];
      return fail(Error{ErrorCode::invalid_input,
                        "agency.ambiguous",
                        "agency",
                        {},
                        "there are several ledgers here, name one with --agency: " + names});
    }
    agency = agencies.front();
  }
  RUNUT_ASSIGN(Place place, place_of(std::move(data), std::move(keys), std::move(agency)));
  RUNUT_TRY(check_can_look(place.directory()));
  if (!has_ledger(place))
    return fail(Error{ErrorCode::not_found, "agency.unknown", "agency", place.agency,
                      "there is no ledger in " + place.directory()});
  return place;
}

}  // namespace runut
