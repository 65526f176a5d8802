#include "identity/command_actor.h"

#include <gtest/gtest.h>

#include "base/sha256.h"

namespace runut::identity {
namespace {

Command command_of(ActorKind kind, std::uint64_t id, Role role,
                   Assurance assurance = Assurance::claimed) {
  Command out;
  out.actor.kind = kind;
  out.actor.id = id;
  out.actor.role = role;
  out.actor.assurance = assurance;
  out.actor.method = "cli";
  return out;
}

Principal principal_of(std::optional<PersonId> person, std::vector<Grant> grants) {
  return {"who", "oidc", "https://sso.test", sha256("token"), person, std::move(grants)};
}

const Principal wati = principal_of(PersonId{17}, {{Role::employee, {}}, {Role::hr, UnitId{3}}});
const Principal clock_gateway = principal_of({}, {{Role::integrator, {}}});
const Principal script = principal_of({}, {{Role::operator_, {}}});
const Principal both = principal_of(PersonId{5}, {{Role::employee, {}}, {Role::integrator, {}}});

TEST(CommandActor, IsWhoseCredentialItIs) {
  constexpr auto person = ActorKind::person;
  constexpr auto system = ActorKind::system;
  constexpr auto claimed = Assurance::claimed;
  constexpr auto authenticated = Assurance::authenticated;
  struct Row {
    const Principal& principal;
    Command command;
    const char* rule;       // empty: accepted
    Assurance assurance{};  // then
  };
  const Row rows[] = {
      {wati, command_of(person, 17, Role::employee), "", authenticated},
      {wati, command_of(person, 17, Role::employee, authenticated), "", authenticated},
      {wati, command_of(person, 17, Role::hr), "", authenticated},
      {wati, command_of(person, 17, Role::appraiser), "actor.role"},
      {wati, command_of(person, 18, Role::employee), "actor.person"},
      {wati, command_of(person, 18, Role::treasurer), "actor.person"},  // the first of two
      {wati, command_of(system, 17, Role::employee), "actor.person"},
      {clock_gateway, command_of(person, 17, Role::employee), "", claimed},
      {clock_gateway, command_of(person, 17, Role::appraiser), "", claimed},
      {clock_gateway, command_of(person, 17, Role::employee, authenticated), "actor.assurance"},
      {clock_gateway, command_of(system, 1, Role::integrator), "", claimed},
      {clock_gateway, command_of(system, 1, Role::integrator, authenticated), "actor.assurance"},
      {script, command_of(system, 1, Role::operator_), "", claimed},
      {script, command_of(system, 1, Role::hr), "actor.role"},
      {script, command_of(person, 17, Role::operator_), "actor.person"},
      {both, command_of(person, 5, Role::employee), "", authenticated},
      {both, command_of(person, 5, Role::appraiser), "", claimed},
      {both, command_of(person, 5, Role::appraiser, authenticated), "actor.assurance"},
      {both, command_of(person, 17, Role::employee), "", claimed},
  };
  for (const Row& row : rows) {
    Command command = row.command;
    const Status status = authenticate_command(command, row.principal);
    const std::string said = std::to_string(row.command.actor.id) + " " +
                             std::string(runut::to_string(row.command.actor.role)) + " " + row.rule;
    EXPECT_EQ(status ? "" : status.error().rule, row.rule) << said;
    if (!status) {
      EXPECT_EQ(status.error().code, ErrorCode::unauthorised);
      EXPECT_FALSE(status.error().value.empty()) << said;
      EXPECT_EQ(command, row.command) << "refused, and changed: " << said;
      continue;
    }
    EXPECT_EQ(command.actor.assurance, row.assurance) << said;
    EXPECT_EQ(command.actor.method, "oidc");
    EXPECT_EQ(command.actor.issuer, "https://sso.test");
    EXPECT_EQ(command.actor.credential, sha256("token"));
    EXPECT_EQ(command.actor.id, row.command.actor.id);
    EXPECT_EQ(command.actor.role, row.command.actor.role);
  }
}

TEST(CommandActor, BringsNoEvidenceOfItsOwn) {
  Command digest = command_of(ActorKind::person, 17, Role::employee);
  digest.actor.credential = sha256("another");
  EXPECT_EQ(authenticate_command(digest, wati).error().rule, "actor.assurance");
  Command issuer = command_of(ActorKind::person, 17, Role::employee);
  issuer.actor.issuer = "https://elsewhere.test";
  EXPECT_EQ(authenticate_command(issuer, wati).error().rule, "actor.assurance");
  issuer.actor.issuer = "https://sso.test";
  EXPECT_TRUE(authenticate_command(issuer, wati));
}

}  // namespace
}  // namespace runut::identity
