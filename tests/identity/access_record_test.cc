#include "identity/access_record.h"

#include <gtest/gtest.h>

#include "base/sha256.h"

namespace runut::identity {
namespace {

const Principal reader{"who",
                       "oidc",
                       "https://sso.test",
                       sha256("token"),
                       PersonId{5},
                       {{Role::employee, {}}, {Role::treasurer, UnitId{3}}, {Role::hr, {}}}};

const AccessRecorded& body_of(const Command& command) {
  return std::get<AccessRecorded>(command.body);
}

TEST(AccessRecord, SaysWhoReadWhoseDataAsWhatAndWhy) {
  const auto made = access_commands(reader, {PersonId{9}, PersonId{4}, PersonId{9}},
                                    Resource::payments, "rekap TPP");
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(body_of(made[0]).people, (std::vector{PersonId{4}, PersonId{9}}));
  EXPECT_EQ(body_of(made[0]).resource, "payments");
  EXPECT_EQ(body_of(made[0]).purpose, "rekap TPP");
  const Actor& actor = made[0].actor;
  EXPECT_EQ(actor.person(), PersonId{5});
  EXPECT_EQ(actor.role, Role::treasurer) << "as an employee they reach themself alone";
  EXPECT_EQ(actor.assurance, Assurance::authenticated);
  EXPECT_EQ(actor.method, "oidc");
  EXPECT_EQ(actor.issuer, "https://sso.test");
  EXPECT_EQ(actor.credential, sha256("token"));
  EXPECT_EQ(access_commands(reader, {PersonId{4}}, Resource::audits, "x")[0].actor.role,
            Role::treasurer);
}

TEST(AccessRecord, IsOfOthersAlone) {
  EXPECT_TRUE(access_commands(reader, {PersonId{5}}, Resource::people, "p").empty());
  EXPECT_TRUE(access_commands(reader, {}, Resource::people, "p").empty());
  const auto made = access_commands(reader, {PersonId{5}, PersonId{6}}, Resource::people, "p");
  EXPECT_EQ(body_of(made.at(0)).people, std::vector{PersonId{6}});
}

TEST(AccessRecord, OfACityAreSeveral) {
  std::vector<PersonId> city;
  for (std::uint64_t id = 1; id <= 2'501; ++id) city.push_back(PersonId{id});
  const auto made = access_commands(reader, city, Resource::listings, "p");
  ASSERT_EQ(made.size(), 3U);
  EXPECT_EQ(body_of(made[0]).people.size(), 1'000U);
  EXPECT_EQ(body_of(made[2]).people.size(), 500U) << "without the reader";
  EXPECT_EQ(body_of(made[2]).people.back(), PersonId{2'501});
}

TEST(AccessRecord, OfAMachineIsASystems) {
  Principal machine = reader;
  machine.person.reset();
  machine.grants = {{Role::integrator, {}}};
  const auto made = access_commands(machine, {PersonId{5}}, Resource::events, "  ");
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].actor.kind, ActorKind::system);
  EXPECT_EQ(made[0].actor.assurance, Assurance::claimed);
  EXPECT_EQ(made[0].actor.role, Role::integrator);
  EXPECT_EQ(made[0].actor.credential, sha256("token"));
  EXPECT_EQ(body_of(made[0]).purpose, "tidak disebutkan");
}

TEST(AccessRecord, APurposeIsCutBetweenCharacters) {
  std::string purpose(199, 'a');
  purpose += "é";
  const auto made = access_commands(reader, {PersonId{6}}, Resource::people, purpose);
  EXPECT_EQ(body_of(made.at(0)).purpose, std::string(199, 'a'));
}

}  // namespace
}  // namespace runut::identity
