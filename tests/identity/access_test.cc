#include "identity/access.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

namespace runut::identity {
namespace {

// The specification, written a second time: by role, what it may; the rest it may not.
struct Cells {
  Role role;
  std::map<Resource, Reach> read;
  std::map<Resource, Reach> write;
};

using R = Resource;
constexpr Reach self = Reach::self;
constexpr Reach appraised = Reach::appraised;
constexpr Reach unit = Reach::unit;
constexpr Reach everyone = Reach::everyone;

const std::vector<Cells>& cells() {
  static const std::vector<Cells> all = {
      {Role::employee,
       {{R::open, everyone},
        {R::commands, self},
        {R::people, self},
        {R::payments, self},
        {R::listings, self},
        {R::names, self},
        {R::texts, self},
        {R::regulations, everyone},
        {R::events, self},
        {R::proofs, self}},
       {{R::commands, everyone}}},
      {Role::appraiser,
       {{R::open, everyone},
        {R::commands, self},
        {R::people, appraised},
        {R::listings, appraised},
        {R::names, appraised},
        {R::texts, appraised},
        {R::regulations, everyone},
        {R::events, appraised}},
       {{R::commands, everyone}}},
      {Role::hr,
       {{R::open, everyone},
        {R::commands, unit},
        {R::people, unit},
        {R::payments, unit},
        {R::listings, unit},
        {R::names, unit},
        {R::audits, unit},
        {R::regulations, everyone}},
       {{R::commands, unit}, {R::audits, unit}, {R::regulations, everyone}}},
      {Role::auditor,
       {{R::open, everyone},
        {R::people, unit},
        {R::payments, unit},
        {R::listings, unit},
        {R::names, unit},
        {R::texts, unit},
        {R::audits, unit},
        {R::regulations, everyone},
        {R::events, unit},
        {R::proofs, unit}},
       {{R::audits, unit}, {R::regulations, everyone}}},
      {Role::treasurer,
       {{R::open, everyone},
        {R::commands, unit},
        {R::payments, unit},
        {R::names, unit},
        {R::audits, unit},
        {R::regulations, everyone}},
       {{R::commands, unit}, {R::audits, unit}, {R::regulations, everyone}}},
      {Role::official,
       {{R::open, everyone},
        {R::commands, unit},
        {R::people, unit},
        {R::payments, unit},
        {R::listings, unit},
        {R::names, unit},
        {R::audits, unit},
        {R::regulations, everyone}},
       {{R::commands, unit}, {R::audits, unit}, {R::regulations, everyone}}},
      {Role::integrator,
       {{R::open, everyone},
        {R::commands, unit},
        {R::regulations, everyone},
        {R::events, unit},
        {R::proofs, unit}},
       {{R::commands, unit}, {R::events, unit}}},
      {Role::operator_,
       {{R::open, everyone},
        {R::commands, everyone},
        {R::regulations, everyone},
        {R::operations, everyone}},
       {{R::commands, everyone}, {R::operations, everyone}}},
  };
  return all;
}

Reach expected(Role role, Resource resource, Access access) {
  for (const Cells& row : cells()) {
    if (row.role != role) continue;
    const auto& side = access == Access::read ? row.read : row.write;
    const auto at = side.find(resource);
    return at == side.end() ? Reach::none : at->second;
  }
  ADD_FAILURE() << "a role that nobody specified";
  return Reach::none;
}

Principal with(std::vector<Grant> grants) {
  return {"who", "oidc", "https://sso.test", std::nullopt, PersonId{17}, std::move(grants)};
}

// One test a cell, reading and writing.
using Cell = std::tuple<Role, Resource>;
class AccessTable : public ::testing::TestWithParam<Cell> {};

void check_cell(Role role, Resource resource, Access access) {
  const Reach wanted = expected(role, resource, access);
  EXPECT_EQ(reach(role, resource, access), wanted) << to_string(reach(role, resource, access));

  const Scope whole = scope_of(with({{role, std::nullopt}}), resource, access);
  EXPECT_EQ(whole.everyone, wanted == Reach::everyone || wanted == Reach::unit);
  EXPECT_EQ(whole.self, wanted == Reach::self || wanted == Reach::appraised);
  EXPECT_EQ(whole.appraised, wanted == Reach::appraised);
  EXPECT_TRUE(whole.units.empty());

  const Scope narrow = scope_of(with({{role, UnitId{3}}}), resource, access);
  EXPECT_EQ(narrow.everyone, wanted == Reach::everyone);
  EXPECT_EQ(narrow.units, wanted == Reach::unit ? std::vector{UnitId{3}} : std::vector<UnitId>());

  const Status allowed = check_access(with({{role, std::nullopt}}), resource, access);
  EXPECT_EQ(allowed.has_value(), wanted != Reach::none);
  if (allowed) return;
  EXPECT_EQ(allowed.error().code, ErrorCode::unauthorised);
  EXPECT_EQ(allowed.error().rule, "access.role");
  EXPECT_EQ(allowed.error().value, runut::to_string(role));
}

TEST_P(AccessTable, GivesWhatIsSpecifiedAndNoMore) {
  const auto [role, resource] = GetParam();
  for (const Access access : {Access::read, Access::write}) {
    SCOPED_TRACE(to_string(access));
    check_cell(role, resource, access);
  }
}

std::vector<Cell> every_cell() {
  std::vector<Cell> out;
  for (const auto& role : EnumNames<Role>::table)
    for (const Resource resource : every_resource()) out.emplace_back(role.value, resource);
  return out;
}
std::string cell_name(const ::testing::TestParamInfo<Cell>& info) {
  const auto [role, resource] = info.param;
  return std::string(runut::to_string(role)) + "_" + std::string(to_string(resource));
}
INSTANTIATE_TEST_SUITE_P(Every, AccessTable, ::testing::ValuesIn(every_cell()), cell_name);

TEST(Access, GrantsAddUp) {
  const Principal who = with({{Role::employee, std::nullopt},
                              {Role::appraiser, std::nullopt},
                              {Role::hr, UnitId{3}},
                              {Role::hr, UnitId{5}},
                              {Role::auditor, UnitId{3}}});
  const Scope people = scope_of(who, Resource::people, Access::read);
  EXPECT_EQ(people, (Scope{false, true, true, {UnitId{3}, UnitId{5}}}));
  EXPECT_EQ(scope_of(who, Resource::texts, Access::read), (Scope{false, true, true, {UnitId{3}}}));
  EXPECT_EQ(scope_of(who, Role::hr, Resource::commands, Access::write),
            (Scope{false, false, false, {UnitId{3}, UnitId{5}}}));
  EXPECT_TRUE(scope_of(who, Role::treasurer, Resource::commands, Access::write).is_empty());
}

TEST(Access, WithoutAGrantNothingButTheErrorIsGiven) {
  for (const Resource resource : every_resource())
    for (const Access access : {Access::read, Access::write}) {
      EXPECT_TRUE(scope_of(with({}), resource, access).is_empty());
      EXPECT_FALSE(check_access(with({}), resource, access));
    }
}

TEST(Access, EveryRoleOfTheVocabularyHasItsColumn) {
  EXPECT_EQ(every_role().size(), std::size(EnumNames<Role>::table));
  EXPECT_EQ(cells().size(), std::size(EnumNames<Role>::table));
}

// Written anew: build/identity_test --gtest_filter=Access.TheDocument* with RUNUT_WRITE_ACCESS=1.
TEST(Access, TheDocumentIsTheTable) {
  const std::string path = RUNUT_SOURCE_DIR "/schemas/ACCESS.md";
  if (std::getenv("RUNUT_WRITE_ACCESS") != nullptr) std::ofstream(path) << access_markdown();
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), access_markdown()) << "schemas/ACCESS.md is not what the program does";
}

}  // namespace
}  // namespace runut::identity
