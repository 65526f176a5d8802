// Founding, regulations and the end of a person's key.
#include "ledger/rules.h"
#include "regulation/document_json.h"
#include "regulation/sections.h"

namespace runut::rules {
namespace {

bool is_agency_code(std::string_view code) {
  if (code.empty() || code.size() > 48 || code.front() == '-' || code.back() == '-') return false;
  for (const char c : code)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
  return true;
}

Result<Document> read(const std::string& text) {
  auto document = read_document(text);
  if (document) return std::move(*document);
  Error error = document.error().front();
  error.field = "data.document" + error.field;
  if (document.error().size() > 1)
    error.message += " (and " + std::to_string(document.error().size() - 1) + " more violations)";
  return fail(std::move(error));
}

// What the timeline refuses, at its place in the command.
Status in_data(Status laid) {
  if (!laid) laid.error().field = "data." + laid.error().field;
  return laid;
}
Status in_document(Status laid) {
  if (laid || laid.error().field == "amends") return in_data(std::move(laid));
  std::string& field = laid.error().field;
  field = "data.document/regulation/" + (field == "regulation" ? std::string("id") : field);
  return laid;
}

Status check_locked(const Case& at, Date effective_from, bool retroactive) {
  if (!retroactive && at.any_locked_from(month_of(effective_from)))
    return reject("regulation.locked_month", "data.retroactive", "false",
                  "effective " + to_string(effective_from) +
                      ", which reaches a locked month: mark it retroactive");
  return {};
}

// Header, then the text in sections, all in one commit. `told` names what the document does not say
// of itself.
template <class Header, class Body>
Decided with_sections(const Case& at, Header told, const DocumentHeader& header, const Body& body) {
  RUNUT_TRY(check_locked(at, header.effective_from, body.retroactive));
  const std::vector<std::string> sections = split_sections(body.document);
  told.regulation = header.id;
  told.title = header.title;
  told.text_hash = text_hash(body.document);
  told.sections = static_cast<std::uint32_t>(sections.size());
  told.enacted_on = header.enacted_on;
  told.promulgated_on = header.promulgated_on;
  told.effective_from = header.effective_from;
  told.retroactive = body.retroactive;
  told.decree = body.decree;
  Decision out = at.one(std::move(told), header.enacted_on);
  for (std::size_t i = 0; i < sections.size(); ++i)
    out.push_back(at.event(RegulationSection{header.id, static_cast<std::uint32_t>(i), sections[i]},
                           header.enacted_on));
  return out;
}

// What the document and the timeline allow; who may enact it, and by which decree, is asked before.
Decided enacted(const Case& at, const EnactRegulation& body, Document document) {
  const DocumentHeader header = document.header;
  Timeline trial = at.agency().timeline;
  RUNUT_TRY(in_document(
      trial.enact(std::make_shared<const Document>(std::move(document)), next(at.known_at()))));
  return with_sections(at, RegulationEnacted{}, header, body);
}

Decided amended(const Case& at, const AmendRegulation& body, Document document) {
  const DocumentHeader header = document.header;
  Timeline trial = at.agency().timeline;
  RUNUT_TRY(in_document(trial.amend(
      body.amends, std::make_shared<const Document>(std::move(document)), next(at.known_at()))));
  RegulationAmended told;
  told.amends = body.amends;
  return with_sections(at, std::move(told), header, body);
}

}  // namespace

Decided decide_one(const Case& at, const FoundAgency& body) {
  if (!is_agency_code(body.agency))
    return reject("agency.code", "data.agency", body.agency,
                  "a code has 1 to 48 lower-case letters, digits and inner '-'");
  if (at.command.agency != body.agency)
    return reject("agency.code", "agency", at.command.agency, "must equal data.agency");
  if (body.name.empty() || body.name.size() > 200)
    return reject("agency.name", "data.name", body.name, "1 to 200 bytes");
  if (body.utc_offset_minutes < -720 || body.utc_offset_minutes > 840)
    return reject("agency.utc_offset", "data.utc_offset_minutes",
                  std::to_string(body.utc_offset_minutes), "from -720 to 840 (WIB 420)");
  RUNUT_TRY(at.require_role({Role::operator_}));
  AgencyFounded founded;
  founded.agency = body.agency;
  founded.name = body.name;
  founded.format_version = 1;
  founded.hash_algorithm = "SHA-256";
  founded.tree_algorithm = "RFC6962";
  founded.log_origin = at.context.log_origin;
  founded.public_key = at.context.public_key;
  founded.utc_offset_minutes = body.utc_offset_minutes;
  founded.simulated = body.simulated;
  return at.one(std::move(founded), local_date(at.context.now, body.utc_offset_minutes));
}

Decided decide_one(const Case& at, const EnactRegulation& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_ASSIGN(Document document, read(body.document));
  return enacted(at, body, std::move(document));
}

Decided decide_one(const Case& at, const AmendRegulation& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_ASSIGN(Document document, read(body.document));
  return amended(at, body, std::move(document));
}

Decided decide_one(const Case& at, const RegulationRepealed& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  Timeline trial = at.agency().timeline;
  RUNUT_TRY(in_data(trial.repeal(body.regulation, body.effective_from, next(at.known_at()))));
  RUNUT_TRY(check_locked(at, body.effective_from, body.retroactive));
  return at.one(body, body.decree.date);
}

Decided decide_one(const Case& at, const SubjectKeyDestroyed& body) {
  RUNUT_TRY(at.require_role({Role::operator_, Role::hr}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  if (at.person(body.person).erased)
    return reject("person.erased", "data.person", to_string(body.person),
                  "the key is destroyed already");
  return at.one(body, at.today());
}

}  // namespace runut::rules

namespace runut {

Result<Decision> decide_draft(const Context& context, const std::string& document,
                              const std::optional<std::string>& amends) {
  RUNUT_ASSIGN(Document draft, rules::read(document));
  const Command unsigned_command;
  const rules::Case at{context, unsigned_command};
  if (amends) return rules::amended(at, {*amends, document, true, {}}, std::move(draft));
  return rules::enacted(at, {document, true, {}}, std::move(draft));
}

}  // namespace runut
