#include "service/answer.h"

#include <algorithm>

#include "base/sha256.h"
#include "codec/json_writer.h"
#include "proof/lines.h"

namespace runut::service {
namespace {

// 128 bits of a digest tell any two answers apart.
std::string entity_tag(const std::string& body) {
  return '"' + to_hex(sha256(body).view().substr(0, 16)) + '"';
}

void read_number(const http::Field& field, std::uint64_t least, std::vector<Error>& errors,
                 const std::function<void(std::uint64_t)>& take) {
  const auto number = parse_decimal(field.value);
  if (number && *number >= least) return take(*number);
  errors.push_back(Error{ErrorCode::invalid_input, "parameter.number", field.name, field.value,
                         "a whole number from " + std::to_string(least) + " on"});
}

}  // namespace

Basis basis_of(const Instance& instance, Sequence known_at, const OtherTimes& times) {
  return {instance.place().agency, known_at, instance.is_simulated(), listing::described(times)};
}

http::Response answer(const Basis& basis, std::string_view type, std::string body) {
  http::Response out;
  out.type = type;
  if (type.starts_with("text/")) out.type += "; charset=utf-8";
  out.with("ETag", entity_tag(body));
  out.with("Cache-Control", "private, no-cache");
  out.with("Runut-Known-At", std::to_string(basis.known_at.value));
  if (basis.simulated) out.with("Runut-Simulated", "SIMULASI");
  if (!basis.hypothetical.empty()) out.with("Runut-Hypothetical", basis.hypothetical);
  out.body = std::move(body);
  return out;
}

std::string json_head(const Basis& basis) {
  std::string out = "{\"agency\":";
  codec::append_json_string(out, basis.agency);
  out += ",\"known_at\":\"" + std::to_string(basis.known_at.value) + '"';
  if (basis.simulated) out += ",\"simulated\":true";
  if (!basis.hypothetical.empty()) {
    out += ",\"hypothetical\":";
    codec::append_json_string(out, basis.hypothetical);
  }
  return out;
}

std::string rows_body(const RowsBody& body) {
  const bool json = body.type == json_type;
  const bool csv = body.type == csv_type;
  RowsText text(json  ? RowFormat::json
                : csv ? RowFormat::csv
                      : RowFormat::ndjson,
                csv ? body.form.text_columns() : body.form.wire_columns());
  std::string out;
  if (json) {
    out = json_head(body.basis) + ",\"notes\":";
    codec::append_json(out, body.notes);
    if (!body.next.empty()) {
      out += ",\"next\":";
      codec::append_json_string(out, body.next);
    }
    out += ",\"items\":";
  }
  text.begin(out);
  for (const auto& cells : body.rows) text.row(out, cells);
  text.finish(out);
  if (json) out += "}\n";
  return out;
}

std::set<PersonId> people_in(const listing::Form& form,
                             const std::vector<std::vector<std::string>>& rows) {
  const std::string_view name = form.person.empty() ? "person" : form.person;
  const auto column = std::find_if(form.columns.begin(), form.columns.end(),
                                   [&](const listing::Column& one) { return one.name == name; });
  std::set<PersonId> out;
  if (column == form.columns.end()) return out;
  const auto at = static_cast<std::size_t>(column - form.columns.begin());
  for (const std::vector<std::string>& cells : rows)
    if (const auto person = parse_person_id(cells[at])) out.insert(*person);
  return out;
}

tl::unexpected<Error> not_everybodys() {
  return fail(Error{ErrorCode::unauthorised,
                    "scope.everybody",
                    {},
                    {},
                    "this is about no single person: it takes a right to all of them"});
}

Asked read_query(const http::Call& call, bool pages) {
  Asked out;
  for (const auto& [name, value] : call.path)
    if (name != "agency") out.others.push_back({name, value});
  const auto once = [&](const http::Field& field, bool given) {
    if (given)
      out.errors.push_back(Error{ErrorCode::invalid_input, "parameter.repeated", field.name,
                                 field.value, "this parameter is given once"});
    return !given;
  };
  for (const http::Field& field : call.request.query) {
    if (field.name == "at_least") {
      if (once(field, out.at_least.has_value()))
        read_number(field, 0, out.errors, [&](std::uint64_t n) { out.at_least = Sequence{n}; });
    } else if (pages && field.name == "limit") {
      if (once(field, out.limit.has_value()))
        read_number(field, 1, out.errors, [&](std::uint64_t n) { out.limit = n; });
    } else if (pages && field.name == "cursor") {
      if (once(field, out.cursor.has_value())) out.cursor = field.value;
    } else {
      out.others.push_back({field.name, field.value});
    }
  }
  return out;
}

Status wait_for(const Reading& reading, const Ledger& ledger, const Asked& asked) {
  return asked.at_least ? ledger.wait_for(*asked.at_least, reading.wait_max) : Status{};
}

}  // namespace runut::service
