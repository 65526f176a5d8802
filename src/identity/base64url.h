// RFC 4648 section 5, as JOSE writes it (RFC 7515 section 2): without padding.
#pragma once

#include "base/bytes.h"

namespace runut::identity {

[[nodiscard]] std::string to_base64url(BytesView raw);
// Strict: no padding, no line breaks, no bits left over, so that one value has one form.
// invalid_input.
[[nodiscard]] Result<Bytes> from_base64url(std::string_view text);

}  // namespace runut::identity
