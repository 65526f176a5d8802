// Every projection of the product, in the order in which they are folded.
#pragma once

#include <array>

#include "projections/accesses.h"
#include "projections/attendance.h"
#include "projections/evaluations.h"
#include "projections/feedback.h"
#include "projections/imports.h"
#include "projections/merit.h"
#include "projections/payments.h"
#include "projections/plans.h"
#include "projections/promotions.h"
#include "projections/qualifications.h"
#include "projections/rankings.h"
#include "projections/reports.h"
#include "projections/roster.h"
#include "projections/senior_posts.h"
#include "projections/subject_index.h"
#include "projections/surveys.h"

namespace runut {

inline constexpr std::array all_projections = {
    subject_index::projection, roster::projection,       reports::projection,
    attendance::projection,    evaluations::projection,  rankings::projection,
    payments::projection,      plans::projection,        imports::projection,
    merit::projection,         senior_posts::projection, qualifications::projection,
    feedback::projection,      surveys::projection,      accesses::projection,
    promotions::projection,
};

}  // namespace runut
