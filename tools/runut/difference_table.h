// How differences are shown: of `runut diff` and of `runut what-if` alike.
#pragma once

#include <string>

#include "listing/differences.h"
#include "tools/runut/table.h"

namespace runut::cli {

struct DifferenceShown {
  listing::DifferenceOf of;
  bool by_unit = false;
};

void print_difference(const DifferenceReport& report, const DifferenceShown& shown, Format format);
// On stderr, beside a table for scripts too: it is no row.
void note_difference(const DifferenceReport& report);

}  // namespace runut::cli
