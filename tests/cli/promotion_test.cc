// A view that is folded anew and says something else: nothing changes until an official has
// approved the list of what differs, and then the ledger says so for ever.
#include "base/sha256.h"
#include "cli/city.h"
#include "instance/instance.h"
#include "projections/payments.h"

namespace runut::testing {
namespace {

class PromotedView : public CityOnDisk {
 protected:
  void SetUp() override {
    CityOnDisk::SetUp();
    // As if a mistake in the fold had left a row too many.
    InstanceOptions options;
    options.place = {data(), keys(), "kota-kediri"};
    auto opened = Instance::open(std::move(options), Instance::Access::read_write);
    ASSERT_TRUE(opened) << opened.error().describe();
    const ViewPtr view = *(*opened)->views()->current(payments::projection.name);
    StoreBatch batch;
    batch.put(view->family(), "x", "1");
    ASSERT_TRUE((*opened)->store()->write(batch, Durability::synced));
    ASSERT_TRUE((*opened)->close());
  }
  Ran rebuild(Arguments more = {}) const {
    Arguments arguments = {"rebuild", "--projection", "payments"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ask(arguments);
  }
  Ran promote(const std::string& document) const {
    return rebuild({"--promote", "--decree-number", "800/12/2022", "--decree-date", "2022-10-03",
                    "--decree-signatory", "P1", "--decree-office", "Wali Kota Kediri",
                    "--decree-document", document});
  }
  const std::string list_ = directory_ / "list.ndjson";
};

TEST_F(PromotedView, TakesAnApprovedListAndIsRecorded) {
  const Ran listed = rebuild({"--differences", list_});
  EXPECT_EQ(listed.exit, 1) << listed.err;
  EXPECT_TRUE(has(listed.out, "different")) << listed.out;
  EXPECT_EQ(read_file(list_),
            "{\"projection\":\"payments\",\"key\":\"78\",\"old\":\"31\",\"new\":null}\n");
  EXPECT_TRUE(has(listed.err, to_hex(sha256(read_file(list_)).view()))) << listed.err;
  EXPECT_EQ(lines_of(ask({"promotions", "--csv"}).out).size(), 1U);

  const Ran promoted = promote(list_);
  EXPECT_EQ(promoted.exit, 0) << promoted.err;
  EXPECT_TRUE(has(promoted.out, "replaced")) << promoted.out;
  const auto rows = lines_of(ask({"promotions", "--csv"}).out);
  ASSERT_EQ(rows.size(), 2U);
  const auto cells = csv_cells(rows[1]);
  EXPECT_EQ(cells[2], "payments");
  EXPECT_EQ(cells[4], "1");
  EXPECT_EQ(cells[7], "P1");
  EXPECT_EQ(cells[9], to_hex(sha256(read_file(list_)).view()));

  EXPECT_EQ(rebuild().exit, 0) << "nothing differs any more";
  EXPECT_EQ(ask({"verify"}).exit, 0);
  EXPECT_EQ(ask({"audit"}).exit, 0) << "the approval is decided again, and agrees";
}

TEST_F(PromotedView, IsNotTakenForAnotherList) {
  const Ran refused = promote(std::string(64, 'a'));
  EXPECT_EQ(refused.exit, 3) << refused.err;
  EXPECT_TRUE(has(refused.err, "projection.list")) << refused.err;
  EXPECT_TRUE(has(refused.err, "decree-document = " + std::string(64, 'a'))) << refused.err;
  EXPECT_EQ(lines_of(ask({"promotions", "--csv"}).out).size(), 1U);
  EXPECT_EQ(rebuild().exit, 1) << "the old view is still there";
}

TEST_F(PromotedView, IsNotTakenWithoutAuthority) {
  ASSERT_EQ(rebuild({"--differences", list_}).exit, 1);
  const Ran refused = rebuild({"--promote", "--decree-number", "800/12/2022", "--decree-date",
                               "2022-10-03", "--decree-signatory", "P1", "--decree-office",
                               "Wali Kota Bandung", "--decree-document", list_});
  EXPECT_EQ(refused.exit, 3) << refused.err;
  EXPECT_TRUE(has(refused.err, "decree")) << refused.err;
  EXPECT_EQ(rebuild().exit, 1);
}

TEST_F(PromotedView, IsOneAtATimeByADecree) {
  EXPECT_EQ(ask({"rebuild", "--promote"}).exit, 2);
  const Ran both =
      ask({"rebuild", "--projection", "payments", "--projection", "rankings", "--promote",
           "--decree-number", "1", "--decree-date", "2022-10-03", "--decree-signatory", "P1",
           "--decree-office", "X", "--decree-document", std::string(64, 'a')});
  EXPECT_EQ(both.exit, 2) << both.err;
  EXPECT_TRUE(has(both.err, "one --projection at a time")) << both.err;
}

}  // namespace
}  // namespace runut::testing
