// What the log needs of an envelope: the adapter between codec and log.
#pragma once

#include "log/record.h"

namespace runut {

// A ReadHeader (log/record.h) for the real envelope.
[[nodiscard]] Result<RecordHeader> read_record_header(BytesView stored);

}  // namespace runut
