// POST /v1/{agency}/what-ifs: nothing of it is recorded.
#pragma once

#include "service/documents.h"

namespace runut::service {

// The forms of its answer: what comes out otherwise, and with a month or a period the differences.
[[nodiscard]] AskedResource what_if_document();

}  // namespace runut::service
