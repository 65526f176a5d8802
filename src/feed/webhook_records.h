// What the webhook store keeps, as JSON text in its rows.
#pragma once

#include "feed/webhook.h"

namespace runut::feed {

[[nodiscard]] std::string stored_endpoint(const Endpoint& endpoint);
[[nodiscard]] std::string stored_progress(const Progress& progress);
[[nodiscard]] std::string stored_parked(const ParkedEvent& parked);

// corrupt: the row is not what was written.
[[nodiscard]] Result<Endpoint> read_stored_endpoint(std::string_view id, BytesView row);
[[nodiscard]] Result<Progress> read_stored_progress(BytesView row);
[[nodiscard]] Result<ParkedEvent> read_stored_parked(Sequence sequence, BytesView row);

}  // namespace runut::feed
