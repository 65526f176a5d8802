// The published contract says what the listings say of themselves.
#include "listing/contract.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>

#include "listing/registry.h"
#include "run_binary/run_binary.h"

namespace runut::listing {
namespace {

const std::string contract_file = RUNUT_SOURCE_DIR "/schemas/openapi.d/listings.yaml";

// RUNUT_WRITE_GOLDEN=1 writes the file anew.
TEST(Contract, IsMadeFromTheListings) {
  const char* const write = std::getenv("RUNUT_WRITE_GOLDEN");
  if (write != nullptr && std::string_view(write) == "1")
    std::ofstream(contract_file) << listings_contract();
  EXPECT_EQ(runut::testing::read_file(contract_file), listings_contract());
}

TEST(Contract, EveryListingIsWholeAndItsNamesAreItsOwn) {
  std::set<std::string_view> names;
  for (const Listing& listing : all_listings()) {
    EXPECT_TRUE(names.insert(listing.name).second) << listing.name;
    EXPECT_EQ(find_listing(listing.name), &listing);
    EXPECT_FALSE(listing.summary.empty()) << listing.name;
    ASSERT_FALSE(listing.forms.empty()) << listing.name;
    for (const Parameter& parameter : listing.parameters)
      EXPECT_FALSE(parameter.description.empty()) << listing.name << " " << parameter.name;
    for (const Form& form : listing.forms) {
      EXPECT_EQ(form.chosen_by.empty(), &form == &listing.forms.front()) << listing.name;
      EXPECT_TRUE(form.chosen_by.empty() || listing.parameter(form.chosen_by) != nullptr)
          << listing.name;
      EXPECT_NE(form.rows, nullptr) << listing.name;
      std::set<std::string_view> columns;
      for (const Column& column : form.columns) {
        EXPECT_TRUE(columns.insert(column.name).second) << listing.name << " " << column.name;
        EXPECT_FALSE(column.description.empty()) << listing.name << " " << column.name;
      }
      EXPECT_TRUE(form.person.empty() || columns.contains(form.person)) << listing.name;
    }
  }
}

}  // namespace
}  // namespace runut::listing
